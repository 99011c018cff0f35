package import Events

/// A kind of mail that a member can switch off (P-15.1). The newsletter has a separate question.
package enum MailKind: String, ClosedCode, CaseIterable {
    /// A private message has arrived; the mail never contains its text (P-15.2).
    case privateMessage = "private-message"
    /// A reply in a thread that the member opened.
    case reply
    /// A post mentions the member by name.
    case mention
    /// A post quotes the member.
    case quote
    /// News in a thread or a category that the member watches.
    case watched
}

/// A member's choice for a kind of mail. Without one, the policy in force decides (P-15.2).
package enum MailChoice: String, ClosedCode, CaseIterable {
    case unset, yes, no
    /// Yes, collected in one mail a day.
    case daily
}

/// When a kind of mail is sent to a member, by her choice and the policy in force.
package enum MailPace: Sendable {
    case never, atOnce, daily
}

/// Sets the choice for a kind of mail; `unset` leaves it to the policy again.
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

    /// The kinds that she has chosen to receive once a day.
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

    /// Advertising needs a yes; a missing answer is not one (P-15.2).
    package func wantsNewsletter(by rules: MailRules) -> Bool { newsletter?.isYes ?? (rules.newsletter == .on) }
}

extension MailRules {
    /// Whether a kind is sent to members who have made no choice. Kinds that the policy does not name are not sent.
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

    /// Whether a mail of that kind may be sent now. Checked when sending, so that a queued mail is not sent after a no (P-15.1). An account
    /// that is not active gets no mail.
    package func mayMail(_ kind: MailKind, to member: MemberID) throws -> Bool {
        guard let account = try self.member(member).active else { return false }
        return account.wants(kind, by: try policyInForce(at: clock.now()).rules.mail)
    }

    /// When mails of that kind are sent to a member; never for an account that is not active.
    package func mailPace(of kind: MailKind, for member: MemberID) throws -> MailPace {
        guard let account = try self.member(member).active else { return .never }
        return account.pace(of: kind, by: try policyInForce(at: clock.now()).rules.mail)
    }

    /// Whether the daily mail may be sent: whether any kind is chosen for it.
    package func mayMailDaily(to member: MemberID) throws -> Bool {
        try self.member(member).active.map { !$0.daily.isEmpty } ?? false
    }

    /// Whether the newsletter may be sent now; never to an account that is not active.
    package func mayMailNewsletter(to member: MemberID) throws -> Bool {
        guard let account = try self.member(member).active else { return false }
        return account.wantsNewsletter(by: try policyInForce(at: clock.now()).rules.mail)
    }
}
