package import Events

/// Accepts the versions in force, after a major change or after restoring a closed account (P-01.3).
package struct AcceptTexts: Sendable {
    package let policy: CalendarDate
    package let terms: CalendarDate
    /// The hash of the question's wording, as it was shown.
    package let wording: TextHash

    package init(policy: CalendarDate, terms: CalendarDate, wording: TextHash) {
        self.policy = policy
        self.terms = terms
        self.wording = wording
    }

    /// Each text is accepted by a separate event; a version that was accepted before is not accepted again.
    package func decide(
        given account: Account, policy: PolicyDocument, terms: TermsDocument
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard self.policy == policy.version else { throw .otherPolicyInForce }
        guard self.terms == terms.version else { throw .otherTermsInForce }
        var events: [MemberEvent] = []
        if account.policy?.version != policy.version {
            events.append(
                .consent(.policyAccepted(Acceptance(version: policy.version, text: policy.hash, form: wording))))
        }
        if account.terms?.version != terms.version {
            events.append(.consent(.termsAccepted(Acceptance(version: terms.version, text: terms.hash, form: wording))))
        }
        return events
    }
}

extension VersionCalendar {
    /// Whether the text must be accepted before the site can be used (P-01.3).
    ///
    /// It must when a major change came into force after the accepted version, or when the account was restored under a version other than
    /// the accepted one.
    /// - Parameter returnedAt: when the account was last restored or its deactivation ended.
    package func mustBeAccepted(after accepted: CalendarDate?, returnedAt: Instant?, at time: Instant) -> Bool {
        guard let inForce = inForce(at: time) else { return false }
        guard let accepted else { return true }
        return versions.contains { version in
            guard version.version > accepted, version.version <= inForce.version else { return false }
            let wasInForceOnReturn = returnedAt.map { version.version.startInStockholm <= $0 } ?? false
            return version.change == .major || wasInForceOnReturn
        }
    }
}

extension Accounts {
    /// Whether the member has to accept the policy or the terms before anything else.
    package func mustAcceptTexts(_ member: MemberID) throws -> Bool {
        guard let account = try self.member(member).active else { return false }
        let time = clock.now()
        let (policies, terms) = (try policies(), try terms())
        return policies.mustBeAccepted(after: account.policy?.version, returnedAt: account.returnedAt, at: time)
            || terms.mustBeAccepted(after: account.terms?.version, returnedAt: account.returnedAt, at: time)
    }

    package func accept(_ texts: AcceptTexts, by member: MemberID, command: CommandID) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(member)) { state, time in
            guard let account = state.active else { throw AccountRefusal.noSuchMember }
            return try texts.decide(given: account, policy: policyInForce(at: time), terms: termsInForce(at: time))
        }
    }
}
