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

    /// A member who is younger than members can be, or whose identity is protected, shows nothing (P-07.1, P-11.2).
    /// - Parameter isAsked: whether the policy in force asks the question; a consent can be withdrawn even when it does not.
    package func decide(
        given state: Member, isAsked: Bool = true, today: CalendarDate
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard account.consents.contains(purpose) != isYes else { return [] }
        if isYes {
            guard isAsked else { throw .notAskedAbout }
            guard account.identityProtection?.value.value != .protected else { throw .protectedIdentity }
            guard !purpose.isVisibility || account.identity.value.value?.isOldEnough(on: today) == true else {
                throw .tooYoung(minimumAge: RegistrationRules.lowestAge)
            }
        }
        return [isYes ? .consent(.given(purpose, form: wording)) : .consent(.withdrawn(purpose))]
    }
}

/// Says yes or no to the newsletter (P-15.2).
package struct AnswerNewsletter: Sendable {
    package let answer: NewsletterAnswer

    package init(isYes: Bool, wording: TextHash) { answer = NewsletterAnswer(isYes: isYes, form: wording) }

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        return account.newsletter?.isYes == answer.isYes ? [] : [.consent(.newsletterAnswered(answer))]
    }
}

extension Accounts {
    package func answer(_ consent: AnswerConsent, of member: MemberID, command: CommandID) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(member)) { state, time in
            let rules = try policyInForce(at: time).rules
            return try consent.decide(
                given: state, isAsked: rules.asks(consent.purpose), today: time.stockholmDate)
        }
    }

    package func answer(_ newsletter: AnswerNewsletter, of member: MemberID, command: CommandID) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(member)) { state, _ in
            try newsletter.decide(given: state)
        }
    }
}

extension PolicyRules {
    /// Whether the policy asks members for consent to a purpose (P-01.1).
    package func asks(_ purpose: ConsentPurpose) -> Bool {
        switch purpose {
        case .registerLookup: consents.contains(.registerLookup)
        case .visibleName: consents.contains(.visibleName)
        case .visibleAgeAndSex: consents.contains(.visibleAgeAndSex)
        }
    }
}
