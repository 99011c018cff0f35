package import Events

/// Ends mails by the link in one of them, without signing in: whoever has the mail may do it, and it can only ever mean no (RFC 8058).
extension Accounts {
    /// Nothing happens, and nothing is told, when the account is not in use or the answer was no already.
    package func unsubscribe(_ member: MemberID, from kind: MailKind, command: CommandID) async throws {
        try await unsubscribe(member, command) { account in
            account.choice(of: kind) == .no ? [] : [.consent(.mailChoiceSet(kind, .no))]
        }
    }

    /// Every kind that she has chosen to have once a day is switched off: that is what the mail of the day told of.
    package func unsubscribeFromDaily(_ member: MemberID, command: CommandID) async throws {
        try await unsubscribe(member, command) { account in
            account.daily.map { .consent(.mailChoiceSet($0, .no)) }
        }
    }

    /// - Parameter wording: the hash of what the link's page says.
    package func unsubscribeFromNewsletter(_ member: MemberID, wording: TextHash, command: CommandID) async throws {
        try await unsubscribe(member, command) { account in
            account.newsletter?.isYes == false
                ? [] : [.consent(.newsletterAnswered(NewsletterAnswer(isYes: false, form: wording)))]
        }
    }

    private func unsubscribe(
        _ member: MemberID, _ command: CommandID, _ decide: (Account) -> [MemberEvent]
    ) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, _ in
            state.active.map(decide) ?? []
        }
    }
}
