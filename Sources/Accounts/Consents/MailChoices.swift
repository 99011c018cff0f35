package import Events

/// A kind of mail that a member can switch off (P-15.1). The newsletter has a question of its own.
package enum MailKind: String, ClosedCode, CaseIterable {
    /// That somebody has written a private message; never what it says (P-15.2).
    case privateMessage = "private-message"
    /// That somebody has answered in a thread of one's own.
    case reply
    /// That somebody has mentioned one by name.
    case mention
    /// That one's own words stand in somebody's post.
    case quote
    /// That something has happened in a thread or a category that one watches.
    case watched
}

/// What a member has chosen for a kind of mail. Without a choice the policy in force decides (P-15.2).
package enum MailChoice: String, ClosedCode, CaseIterable {
    case unset, yes, no
    /// Yes, but once a day for all of it.
    case daily
}

/// When a kind of mail goes to somebody, by the choice and the policy in force.
package enum MailPace: Sendable {
    case never, atOnce, daily
}

/// Chooses whether a kind of mail is sent; `unset` leaves it to the policy again.
package struct SetMailChoice: Sendable {
    package let kind: MailKind
    package let choice: MailChoice

    package init(_ kind: MailKind, _ choice: MailChoice) {
        self.kind = kind
        self.choice = choice
    }

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        return account.choice(of: kind) == choice ? [] : [.consent(.mailChoiceSet(kind, choice))]
    }
}

extension Account {
    package func choice(of kind: MailKind) -> MailChoice { mailChoices[kind] ?? .unset }

    /// The kinds that she has chosen to hear of once a day.
    package var daily: [MailKind] { MailKind.allCases.filter { choice(of: $0) == .daily } }

    package func wants(_ kind: MailKind, by rules: MailRules) -> Bool {
        switch pace(of: kind, by: rules) {
        case .atOnce, .daily: true
        case .never: false
        }
    }

    package func pace(of kind: MailKind, by rules: MailRules) -> MailPace {
        switch choice(of: kind) {
        case .yes: .atOnce
        case .daily: .daily
        case .no: .never
        case .unset: rules.sendsUnasked(kind) ? .atOnce : .never
        }
    }

    /// Advertising needs a yes; no answer is none (P-15.2).
    package func wantsNewsletter(by rules: MailRules) -> Bool { newsletter?.isYes ?? (rules.newsletter == .on) }
}

extension MailRules {
    /// Whether a kind is sent to whoever has made no choice. What the policy does not name is not sent.
    package func sendsUnasked(_ kind: MailKind) -> Bool {
        switch kind {
        case .privateMessage: privateMessageNotice == .on
        case .reply, .mention, .quote, .watched: false
        }
    }
}

extension Accounts {
    package func setMailChoices(of member: MemberID, _ choices: [SetMailChoice], command: CommandID) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(member)) { state, _ in
            try choices.flatMap { try $0.decide(given: state) }
        }
    }

    /// Whether a mail of that kind may go now: asked at the moment of sending, so that what was queued before a no is not sent
    /// (P-15.1). Nothing goes to an account that is not in use.
    package func mayMail(_ kind: MailKind, to member: MemberID) throws -> Bool {
        guard let account = try self.member(member).active else { return false }
        return account.wants(kind, by: try policyInForce(at: clock.now()).rules.mail)
    }

    /// When mails of that kind go to a member now; never to an account that is not in use.
    package func mailPace(of kind: MailKind, for member: MemberID) throws -> MailPace {
        guard let account = try self.member(member).active else { return .never }
        return account.pace(of: kind, by: try policyInForce(at: clock.now()).rules.mail)
    }

    /// Whether the mail of the day has anything that it may tell.
    package func mayMailDaily(to member: MemberID) throws -> Bool {
        try self.member(member).active.map { !$0.daily.isEmpty } ?? false
    }

    /// The same for the newsletter.
    package func mayMailNewsletter(to member: MemberID) throws -> Bool {
        guard let account = try self.member(member).active else { return false }
        return account.wantsNewsletter(by: try policyInForce(at: clock.now()).rules.mail)
    }
}
