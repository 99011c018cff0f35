package import Events

/// Unsubscribing by the link in a mail, without signing in: anyone who has the mail may do it, and it can only mean no (RFC 8058).
extension Accounts {
    /// Does nothing, and reveals nothing, when the account is not active or the answer was no already.
    package func unsubscribe(_ member: MemberID, from kind: MailKind, command: CommandID) async throws {
        try await unsubscribe(member, command) { account in
            account.choice(of: kind) == .no ? [] : [.consent(.mailChoiceSet(kind, .no))]
        }
    }

    /// Switches off every kind that she has chosen to receive once a day: these are the contents of the daily mail.
    package func unsubscribeFromDaily(_ member: MemberID, command: CommandID) async throws {
        try await unsubscribe(member, command) { account in
            account.daily.map { .consent(.mailChoiceSet($0, .no)) }
        }
    }

    /// - Parameter wording: hash of the wording on the link's page.
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
