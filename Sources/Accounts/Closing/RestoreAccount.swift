package import Events

/// Restores a closed or deactivated account, except the newsletter and the data erased at closing (P-16.6).
package struct RestoreAccount: Sendable {
    /// Whether an administrator does it: after a closing for breach a member cannot restore it herself (P-16.4).
    package let isByAdministration: Bool
    /// The texts in force, when the member accepts them in the same step.
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
            // It would be without its number again: it returns when the number is moved to it (`MoveNumber`).
            guard closing.cause != .duplicate else { throw isByAdministration ? .numberNotProved : .notByOneself }
            guard isByAdministration || closing.cause != .breach && !account.isEnding(judgedAt: time, policies) else {
                throw .notByOneself
            }
            return try accepted(account, policies, terms) + [.closing(.restored)]
        case .purged, .lapsed: throw .tooLateToRestore
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .active: throw .nothingToRestore
        }
    }

    private func accepted(
        _ account: Account, _ policies: PolicyCalendar, _ terms: TermsCalendar
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard let policy = policies.inForce(at: time), let terms = terms.inForce(at: time) else { return [] }
        // An administrator cannot accept texts for a member: she is asked at her next sign-in.
        guard !isByAdministration else { return [] }
        if let texts { return try texts.decide(given: account, policy: policy, terms: terms) }
        guard account.policy?.version == policy.version, account.terms?.version == terms.version else {
            throw .textsNotAccepted
        }
        return []
    }
}

/// Requests the mail with the restore link, by an address that may belong to no account (P-16.6).
package struct RequestRestoreLink: Sendable {
    let time: Instant

    /// No events unless the account is closed or deactivated and not yet due to be erased.
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
    /// From this moment on restoring is refused and staff cannot open the data, whether or not they are erased yet (P-16.3).
    ///
    /// A later version of the policy can only shorten it.
    package func purgeDue(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant {
        let ceiling = policies.deadline(from: at, judgedAt: time, \.closedAccount) ?? at
        guard cause == .duplicate else { return ceiling }
        // A duplicate is needed only until nothing can change its ending; an appeal is answered first.
        if case .made = appeal { return ceiling }
        return min(ceiling, policies.shortest(from: at, judgedAt: time) { $0.deadlines.appealWindow } ?? at)
    }

    package func isRestorable(judgedAt time: Instant, _ policies: PolicyCalendar) -> Bool {
        time < purgeDue(judgedAt: time, policies)
    }
}

extension Accounts {
    /// Restores an account by the link that was mailed to its registered address.
    /// - Throws: `AccountRefusal.tooLateToRestore`, `notByOneself`, `textsNotAccepted`, `nothingToRestore`.
    package func restore(_ member: MemberID, accepting texts: AcceptTexts?, command: CommandID) async throws {
        try await restore(member, texts, isByAdministration: false, by: .visitor, command: command)
    }

    package func restore(_ member: MemberID, by actor: Actor, command: CommandID) async throws {
        try requireAdministrator(member, actor)
        try await restore(member, nil, isByAdministration: true, by: actor, command: command)
    }

    /// Throws unless an administrator can restore the account; called before the reason is recorded.
    /// - Throws: `AccountRefusal`.
    package func mayRestore(_ member: MemberID, by actor: Actor) throws {
        try requireAdministrator(member, actor)
        let state = try self.member(member)
        try requireOthersDecision(about: member, given: state, than: actor)
        _ = try RestoreAccount(isByAdministration: true, texts: nil, time: clock.now())
            .decide(given: state, policies: policies(), terms: terms())
    }

    /// Takes the same time whether or not the address is registered; a mail goes to the registered one, if the account can be restored
    /// (P-16.6).
    package func requestRestoreLink(email: EmailAddress, command: CommandID) async throws {
        let end = ContinuousClock.now + uniformDelay
        if let member = try log.holder(of: email.claim)?.id(MemberKind.self) {
            let policies = try policies()
            try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
                RequestRestoreLink(time: time).decide(given: state, policies: policies)
            }
        }
        try await Task.sleep(until: end)
    }

    /// The closed account that an address belongs to, when its member may restore it herself.
    package func restorableMember(with email: EmailAddress) throws -> MemberID? {
        guard let member = try log.holder(of: email.claim)?.id(MemberKind.self),
            let closing = try self.member(member).closing, !closing.cause.isAppealable,
            closing.isRestorable(judgedAt: clock.now(), try policies())
        else { return nil }
        return member
    }

    /// The member who holds exactly this e-mail address, personal identity number or username. The caller records the viewing.
    package func holder(ofExactly text: String, today: CalendarDate) throws -> MemberID? {
        let claim =
            (try? EmailAddress(text))?.claim ?? (try? PersonalIdentityNumber(text, today: today))?.claim
            ?? (try? Username.typed(text))?.claim
        return try claim.flatMap { try log.holder(of: $0) }?.id(MemberKind.self)
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
