package import Events

/// Warns and finally closes an account without sign-ins for the policy's period (P-16.4). A policy without the rule leaves accounts alone.
package struct UnusedAccount: Sendable {
    package enum Step: Hashable, Sendable {
        case warn, close
    }

    package let lastUsed: Instant
    let time: Instant

    package init(lastUsed: Instant, at time: Instant) {
        self.lastUsed = lastUsed
        self.time = time
    }

    /// When the first warning is due; nil when the policy has no such rule.
    package func firstWarning(_ policies: PolicyCalendar) -> Instant? {
        guard let rules = policies.inForce(at: time)?.rules.unusedAccount,
            let end = policies.shortest(from: lastUsed, judgedAt: time, { $0.unusedAccount?.closedAfter })
        else { return nil }
        return rules.warnBefore.map(end.subtracting).min() ?? end
    }

    /// The step that is due now. An account is closed only after all promised warnings, and the promised time after the last one.
    package func due(given account: Account, policies: PolicyCalendar) -> Step? {
        guard let rules = policies.inForce(at: time)?.rules.unusedAccount,
            let end = policies.shortest(from: lastUsed, judgedAt: time, { $0.unusedAccount?.closedAfter })
        else { return nil }
        let warnings = rules.warnBefore.map { (due: end.subtracting($0), notice: $0) }.sorted { $0.due < $1.due }
        let given = account.unusedWarnings.filter { $0 > lastUsed }
        if given.count < warnings.count { return time >= warnings[given.count].due ? .warn : nil }
        let lastPeriod = zip(given, warnings).map { $0.adding($1.notice) }.last ?? end
        return time >= max(end, lastPeriod) ? .close : nil
    }
}

extension Accounts {
    /// Warns about or closes an unused account, if that is due.
    /// - Parameters:
    ///   - lastUsed: the last sign-in, or when the account was created.
    ///   - marked: the texts that are erased with it although the others stay; evaluated only when it is closed.
    /// - Returns: the step taken; nil when none was due.
    package func processInactivity(
        of member: MemberID, lastUsed: Instant, erasing marked: () async throws -> [Subject]
    ) async throws -> UnusedAccount.Step? {
        let policies = try policies()
        let time = clock.now()
        guard let account = try self.member(member).active else { return nil }
        // The last administrator is exempt: the site needs one.
        guard try !isLastAdministrator(member) else { return nil }
        switch UnusedAccount(lastUsed: lastUsed, at: time).due(given: account, policies: policies) {
        case nil: return nil
        case .warn:
            let outcome = try await execute(CommandID(at: time), on: StreamName(member), as: Member.self, by: .system) {
                state, time in
                guard let account = state.active else { return [] }
                let step = UnusedAccount(lastUsed: lastUsed, at: time).due(given: account, policies: policies)
                return step == .warn ? [.closing(.unusedWarned)] : []
            }
            return outcome.events.isEmpty ? nil : .warn
        case .close:
            let isClosed = try await close(
                member, for: .unused, erasing: try await marked(), command: CommandID(at: time)
            ) { state, time in
                state.active.map { UnusedAccount(lastUsed: lastUsed, at: time).due(given: $0, policies: policies) }
                    == .close
            }
            return isClosed ? .close : nil
        }
    }

    /// Closes a deactivated account whose member did not return in time (P-16.4).
    /// - Parameter marked: the texts that are erased with it although the others stay.
    package func closeUnreturned(
        _ member: MemberID, erasing marked: () async throws -> [Subject]
    ) async throws -> Bool {
        let policies = try policies()
        let countsAsClosed = { (state: Member, time: Instant) in
            state.deactivation.map { time >= $0.countsAsClosed(judgedAt: time, policies) } == true
        }
        let now = clock.now()
        guard countsAsClosed(try self.member(member), now) else { return false }
        return try await close(
            member, for: .unreturned, erasing: try await marked(), command: CommandID(at: now), when: countsAsClosed)
    }
}
