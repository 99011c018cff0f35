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
    ) throws(AccountRefusal) -> [AccountEvent] {
        switch state {
        case .deactivated(_, let deactivation):
            guard isByAdministration || time >= deactivation.until else { throw .notByOneself }
            return [.restored(at: time)]
        case .closed(let account, let closing):
            guard closing.isRestorable(judgedAt: time, policies) else { throw .tooLateToRestore }
            guard isByAdministration || closing.cause != .breach else { throw .notByOneself }
            return try accepted(account, policies, terms) + [.restored(at: time)]
        case .purged, .lapsed: throw .tooLateToRestore
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .active: throw .nothingToRestore
        }
    }

    private func accepted(
        _ account: Account, _ policies: PolicyCalendar, _ terms: TermsCalendar
    ) throws(AccountRefusal) -> [AccountEvent] {
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

extension Closing {
    /// When everything is erased: restoring is refused and staff cannot open the data from that moment on, whether or not the
    /// work has been done (P-16.3). A later version of the policy can only shorten it.
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
        try mayJudge(member, actor)
        try await restore(member, nil, isByAdministration: true, by: actor, command: command)
    }

    /// Whom a mail with the way back goes to, if the address is that of a closed account (P-16.6).
    package func closedMember(with email: EmailAddress) throws -> MemberID? {
        guard let member = try log.holder(of: email.claim).flatMap(MemberID.init),
            let closing = try self.member(member).closing,
            closing.isRestorable(judgedAt: clock.now(), try policies())
        else { return nil }
        return member
    }

    private func restore(
        _ member: MemberID, _ texts: AcceptTexts?, isByAdministration: Bool, by actor: Actor, command: CommandID
    ) async throws {
        let (policies, terms) = (try policies(), try terms())
        try await carryOut(command, on: StreamName(member), as: Member.self, by: actor) { state, time in
            try RestoreAccount(isByAdministration: isByAdministration, texts: texts, time: time)
                .decide(given: state, policies: policies, terms: terms)
        }
    }
}
