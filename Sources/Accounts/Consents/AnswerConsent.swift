package import Events

/// Gives or withdraws a consent: one command for both, so that withdrawing is as easy as giving (P-01.1).
package struct AnswerConsent: Sendable {
    package let purpose: ConsentPurpose
    package let isYes: Bool
    /// The hash of the question's wording, as it was shown.
    package let wording: TextHash

    package init(_ purpose: ConsentPurpose, isYes: Bool, wording: TextHash) {
        self.purpose = purpose
        self.isYes = isYes
        self.wording = wording
    }

    package func decide(given state: Member) throws(AccountRefusal) -> [AccountEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard account.consents.contains(purpose) != isYes else { return [] }
        return [isYes ? .consentGiven(purpose, form: wording) : .consentWithdrawn(purpose)]
    }
}

/// Says yes or no to the newsletter (P-15.2).
package struct AnswerNewsletter: Sendable {
    package let answer: NewsletterAnswer

    package init(isYes: Bool, wording: TextHash) { answer = NewsletterAnswer(isYes: isYes, form: wording) }

    package func decide(given state: Member) throws(AccountRefusal) -> [AccountEvent] {
        guard let account = state.active else { throw .noSuchMember }
        return account.newsletter?.isYes == answer.isYes ? [] : [.newsletterAnswered(answer)]
    }
}

extension Accounts {
    package func answer(_ consent: AnswerConsent, of member: MemberID, command: CommandID) async throws {
        try await decide(about: member, by: .member(member), command) { try consent.decide(given: $0) }
    }

    package func answer(_ newsletter: AnswerNewsletter, of member: MemberID, command: CommandID) async throws {
        try await decide(about: member, by: .member(member), command) { try newsletter.decide(given: $0) }
    }

    private func decide(
        about member: MemberID, by actor: Actor, _ command: CommandID, _ decide: (Member) throws -> [AccountEvent]
    ) async throws {
        try await retryingConflicts {
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            try await append(
                try decide(state), to: StreamName(member), at: version, command: command, by: actor, time: clock.now())
        }
    }
}
