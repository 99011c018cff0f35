package import Events

/// Brings a closed or deactivated account back, with everything but the newsletter and what was dropped at closing (P-16.6).
package struct RestoreAccount: Sendable {
    /// Whether an administrator does it: nobody comes back from a breach alone (P-16.4).
    package let isByAdministration: Bool
    /// The texts in force, when whoever comes back has accepted them in the same step.
    package let texts: AcceptTexts?
    let time: Instant

    package func decide(
        given state: Member, policies: PolicyCalendar, terms: TermsCalendar
    ) throws(AccountRefusal) -> [MemberEvent] {
        switch state {
        case .deactivated(_, let deactivation):
            guard isByAdministration || time >= deactivation.until else { throw .notByOneself }
            return [.closing(.restored)]
        case .closed(let account, let closing):
            guard closing.isRestorable(judgedAt: time, policies) else { throw .tooLateToRestore }
            guard isByAdministration || closing.cause != .breach else { throw .notByOneself }
            return try accepted(account, policies, terms) + [.closing(.restored)]
        case .purged, .lapsed: throw .tooLateToRestore
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .active: throw .nothingToRestore
        }
    }

    private func accepted(
        _ account: Account, _ policies: PolicyCalendar, _ terms: TermsCalendar
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard let policy = policies.inForce(at: time), let terms = terms.inForce(at: time) else { return [] }
        // An administrator accepts nothing for anybody: the member is asked at the next signing in.
        guard !isByAdministration else { return [] }
        if let texts { return try texts.decide(given: account, policy: policy, terms: terms) }
        guard account.policy?.version == policy.version, account.terms?.version == terms.version else {
            throw .textsNotAccepted
        }
        return []
    }
}

/// Asks for the mail with the way back, by an address that may be nobody's (P-16.6).
package struct RequestWayBack: Sendable {
    let time: Instant

    /// Nothing but for an account that is closed or deactivated and not yet due to be erased.
    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        switch state {
        case .closed(_, let closing):
            closing.isRestorable(judgedAt: time, policies) ? [.closing(.restoreLinkRequested)] : []
        case .deactivated: [.closing(.restoreLinkRequested)]
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .active, .lapsed, .purged: []
        }
    }
}

extension Closing {
    /// Restoring is refused and staff cannot open the data from that moment on, whether or not everything is erased by then (P-16.3).
    /// A later version of the policy can only shorten it.
    package func purgeDue(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant {
        policies.deadline(from: at, judgedAt: time, \.closedAccount) ?? at
    }

    package func isRestorable(judgedAt time: Instant, _ policies: PolicyCalendar) -> Bool {
        time < purgeDue(judgedAt: time, policies)
    }
}

extension Accounts {
    /// By the link that was mailed to the registered address.
    /// - Throws: `AccountRefusal.tooLateToRestore`, `notByOneself`, `textsNotAccepted`, `nothingToRestore`.
    package func restore(_ member: MemberID, accepting texts: AcceptTexts?, command: CommandID) async throws {
        try await restore(member, texts, isByAdministration: false, by: .visitor, command: command)
    }

    package func restore(_ member: MemberID, by actor: Actor, command: CommandID) async throws {
        try requireAdministrator(member, actor)
        try await restore(member, nil, isByAdministration: true, by: actor, command: command)
    }

    /// Whether an administrator can bring an account back, before it is noted why.
    /// - Throws: `AccountRefusal`.
    package func mayRestore(_ member: MemberID, by actor: Actor) throws {
        try requireAdministrator(member, actor)
        let state = try self.member(member)
        try requireOthersDecision(about: member, given: state, than: actor)
        _ = try RestoreAccount(isByAdministration: true, texts: nil, time: clock.now())
            .decide(given: state, policies: policies(), terms: terms())
    }

    /// Takes the same time whoever has the address; a mail goes to the registered one, if there is anything to come back to (P-16.6).
    package func requestWayBack(email: EmailAddress, command: CommandID) async throws {
        let end = ContinuousClock.now + uniformDelay
        if let member = try log.holder(of: email.claim).flatMap(MemberID.init) {
            let policies = try policies()
            try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
                RequestWayBack(time: time).decide(given: state, policies: policies)
            }
        }
        try await Task.sleep(until: end)
    }

    /// The closed account that an address belongs to, when its owner may come back to it.
    package func restorableMember(with email: EmailAddress) throws -> MemberID? {
        guard let member = try log.holder(of: email.claim).flatMap(MemberID.init),
            let closing = try self.member(member).closing, closing.cause != .breach,
            closing.isRestorable(judgedAt: clock.now(), try policies())
        else { return nil }
        return member
    }

    /// Whose data an exact e-mail address, personal identity number or username leads to. Whoever asks notes the viewing.
    package func holder(ofExactly text: String, today: CalendarDate) throws -> MemberID? {
        let claim =
            (try? EmailAddress(text))?.claim ?? (try? PersonalIdentityNumber(text, today: today))?.claim
            ?? (try? Username.typed(text))?.claim
        return try claim.flatMap { try log.holder(of: $0) }.flatMap(MemberID.init)
    }

    private func restore(
        _ member: MemberID, _ texts: AcceptTexts?, isByAdministration: Bool, by actor: Actor, command: CommandID
    ) async throws {
        let (policies, terms) = (try policies(), try terms())
        try await execute(command, on: StreamName(member), as: Member.self, by: actor) { state, time in
            try requireOthersDecision(about: member, given: state, than: actor)
            return try RestoreAccount(isByAdministration: isByAdministration, texts: texts, time: time)
                .decide(given: state, policies: policies, terms: terms)
        }
    }
}
