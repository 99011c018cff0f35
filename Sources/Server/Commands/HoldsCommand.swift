import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Projections

/// `holds`: the legal holds, which keep members' data from being erased for an investigation (P-10.1).
struct HoldsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holds", abstract: "See, approve and lift legal holds, secret ones too.",
        discussion: "An administrator proposes a hold on the member's page; a second person approves.",
        subcommands: [List.self, Confirm.self, Lift.self])

    struct List: SiteCommand {
        static let configuration = CommandConfiguration(abstract: "The holds in force and the proposals that wait.")

        @OptionGroup var options: DataOptions

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let now = application.clock.now()
            let records = try application.accounts.holdRecords(in: application.views.auditTrail.holds().map(\.stream))
            var count = 0
            for (member, record) in records {
                if case .active(let order, let since) = record.hold {
                    count += 1
                    print(member, "in force", order, since: since, options, output)
                }
                if let proposal = record.openProposal(at: now) {
                    count += 1
                    print(
                        member, "proposed", proposal.order, proposal: proposal.id, since: proposal.at, options, output)
                }
            }
            if count == 0, !options.json { output.line("Nothing is held.") }
        }

        private func print(
            _ member: MemberID, _ state: String, _ order: HoldOrder, proposal: HoldProposalID? = nil, since: Instant,
            _ options: DataOptions, _ output: CommandOutput
        ) {
            let lastDay = order.lastDay?.description
            guard !options.json else {
                return output.json([
                    "member": member.description, "state": state, "since": since.description,
                    "lastDay": lastDay ?? NSNull(), "secret": order.isSecret,
                    "proposal": proposal?.description ?? NSNull(),
                ])
            }
            let words = [
                member.description, state, "since \(since)", lastDay.map { "until \($0)" } ?? "without an end",
                order.isSecret ? "secret" : "open", proposal.map { "proposal \($0)" },
            ]
            output.line(words.compactMap(\.self).joined(separator: "  "))
        }
    }

    struct Confirm: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a proposed hold, where there is one administrator only.",
            discussion: "The administrator who proposed it sees the ID on the member's page; 'holds list' shows it too."
        )

        @OptionGroup var options: DataOptions

        @Argument(help: "The ID of the proposal.")
        var id: String

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            guard let id = HoldProposalID(id) else {
                throw CommandFailure.usage("that is no ID of a proposal; see them with 'holds list'")
            }
            let now = application.clock.now()
            let records = try application.accounts.holdRecords(in: application.views.auditTrail.holds().map(\.stream))
            guard let member = records.first(where: { $0.record.openProposal(at: now)?.id == id })?.member else {
                throw CommandFailure.usage(AccountRefusal.alreadyDecided.explanation)
            }
            try await application.decide(about: member.description, "held", options, output) {
                try await application.accounts.confirmHold(on: $0, id, by: .operator, command: $1)
            }
        }
    }

    struct Lift: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lift the hold on a member's data, and erase what it deferred.")

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: MembersCommand.Whom

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            try await application.decide(about: whom.member, "released", options, output) {
                try await application.accounts.liftHold(on: $0, by: .operator, command: $1)
            }
        }
    }
}
