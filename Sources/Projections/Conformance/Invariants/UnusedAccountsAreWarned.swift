import Accounts
import Events

/// P-16.4: an unused account is closed only after the warnings that the policy promises.
struct UnusedAccountsAreWarned: Invariant {
    static let name = InvariantName.unusedAccountsAreWarned

    private var lastSignIn: [MemberID: Instant] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .accounts(.signIn(.signedIn(let member, _))) = event.kind { lastSignIn[member] = event.time }
        guard case .accounts(.member(.closing(.closed(let closing)))) = event.kind, closing.cause == .unused,
            let member = event.member
        else { return }
        guard let rule = history.policies.document?.rules.unusedAccount else {
            return violations.add("closed by a rule that is off", at: event.position, of: member)
        }
        let last = lastSignIn[member] ?? Instant(milliseconds: 0)
        let warnings = history.member(member).account?.unusedWarnings.filter { $0 > last } ?? []
        if warnings.count < rule.warnBefore.count {
            violations.add(
                "closed after \(warnings.count) of \(rule.warnBefore.count) warnings", at: event.position, of: member)
        }
    }
}
