import Accounts
import ArgumentParser
import Events
import Processes
import Projections

extension MembersCommand {
    /// The member that a command is about.
    struct Whom: ParsableArguments {
        @Argument(help: "The member's username or id.")
        var member: String
    }

    /// Which rule was broken and what happened. Both are mailed to the member.
    struct Reasons: ParsableArguments {
        @Option(help: "Which rule was broken, as the member is told.")
        var rule: String?

        @Option(help: "What happened and how it was judged, as the member is told.")
        var facts: String?

        func statement() throws -> StatementOfReasons {
            guard let rule, let facts else {
                throw CommandFailure.usage("say --rule and --facts; both are mailed to the member")
            }
            guard let statement = StatementOfReasons(rule: rule, facts: facts) else {
                throw CommandFailure.usage("--rule and --facts take 1 to 4000 characters each")
            }
            return statement
        }
    }

    struct Close: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an account for its owner, or for breach of the rules.")

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: Whom
        @OptionGroup var reasons: Reasons

        @Flag(help: "For breach: its owner cannot restore it, and is told why and how to appeal.")
        var breach = false

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let statement = breach ? try reasons.statement() : nil
            if !breach, reasons.rule != nil || reasons.facts != nil {
                throw CommandFailure.usage("--rule and --facts are for --breach")
            }
            try await application.decide(about: whom.member, "closed", options, output) { member, command in
                let marked = try await application.textsIdentifyingTheAuthor(member)
                if let statement {
                    try await application.accounts.closeForBreach(
                        member, statement, erasing: marked, by: .operator, command: command)
                } else {
                    try await application.accounts.closeOnRequest(
                        of: member, erasing: marked, by: .operator, command: command)
                }
            }
        }
    }

    struct Restore: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Restore a closed or deactivated account.",
            discussion: "Why is noted first, and the member can see it.")

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: Whom

        @Option(help: "Why, such as the case's number; at most 500 characters.")
        var reason: String

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            guard reason.count <= 500, let note = ViewingNote(reason) else {
                throw CommandFailure.usage("--reason takes 1 to 500 characters")
            }
            try await application.decide(about: whom.member, "restored", options, output) {
                try application.accounts.mayRestore($0, by: .operator)
                try await application.accounts.viewByOperator(
                    $0, for: .restoring, note: note, command: CommandID(at: application.clock.now()))
                try await application.accounts.restore($0, by: .operator, command: $1)
            }
        }
    }

    struct Deactivate: SiteCommand {
        static let configuration = CommandConfiguration(abstract: "Suspend an account until a day.")

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: Whom
        @OptionGroup var reasons: Reasons

        @Option(help: "The first day on which the member can sign in again, such as 2026-12-01.")
        var until: String

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            guard let day = CalendarDate(until), day.startInStockholm > application.clock.now() else {
                throw CommandFailure.usage("--until takes a day to come, such as 2026-12-01")
            }
            let statement = try reasons.statement()
            try await application.decide(about: whom.member, "deactivated", options, output) {
                try await application.accounts.deactivate(
                    $0, until: day.startInStockholm, statement, by: .operator, command: $1)
            }
        }
    }
}

extension Application {
    /// Carries out a decision about one member, waits until no page shows the earlier state, and prints the new one.
    func decide(
        about name: String, _ state: String, _ options: DataOptions, _ output: CommandOutput,
        _ body: (MemberID, CommandID) async throws -> Void
    ) async throws {
        let member = try member(named: name)
        let before = log.head
        do {
            try await body(member, CommandID(at: clock.now()))
        } catch let refusal as AccountRefusal {
            throw CommandFailure.usage(refusal.explanation)
        }
        await waitForViews()
        let changed = log.head > before
        if options.json {
            output.json(["member": member.description, "state": state, "changed": changed])
        } else {
            output.line(changed ? "\(member) is \(state)." : "\(member) is \(state) already; nothing was changed.")
        }
    }
}

extension AccountRefusal {
    /// One line for the command line: what stands in the way, and what to do.
    var explanation: String {
        switch self {
        case .lastAdministrator:
            "that is the last administrator; give somebody else the role first, with 'members grant-role'"
        case .nothingToRestore: "the account is neither closed nor deactivated"
        case .notClosed: "the account is not closed; close it first, with 'members close'"
        case .underLegalHold: "an authority holds the data; lift that first, with 'holds lift'"
        case .tooLateToRestore: "the time has run out; the account is erased, or due to be"
        case .noSuchMember: "the account is not in a state for this; see what it is with 'log show --member ID'"
        case .datedInThePast(let date): "\(date) has been; take a day to come"
        case .otherAdministratorNeeded:
            "an administrator proposes it on the member's page, and another approves; the operator approves where there is no other"
        case .alreadyDecided: "it has been decided or withdrawn, or its time has run out; nothing waits under that id"
        case .twoFactorOff: "two-factor sign-in is off for that account"
        case .notAllowed, .wrongCode, .twoFactorOn, .sameAdministrator, .holdTooLong, .otherPolicyInForce,
            .otherTermsInForce,
            .tooYoung, .linkExpired, .wrongPassword,
            .noSuchReview, .minor, .notAskedAbout,
            .protectedIdentity, .emailChangeOpen, .emailTaken, .usernameTaken, .numberTaken, .notByOneself,
            .textsNotAccepted, .ownMatter, .versionExists:
            "the account cannot be changed so: \(self)"
        }
    }
}
