import Accounts
import Events

/// P-16.5: the address and device of a sign-in, or of an attempt, are erased when their time is out.
struct SignInDetailsGo: Invariant {
    static let name = InvariantName.signInDetailsGo

    private struct SignIn: Sendable {
        let subject: Subject
        let owner: Owner
        /// Nil for an incident that concerns no account.
        let member: MemberID?
        let time: Instant
        let position: Int
    }

    /// The oldest first, as in the log.
    private var signIns: [SignIn] = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(let account) = event.kind, let (member, origin) = origin(in: account) else { return }
        signIns.append(
            SignIn(
                subject: origin.subject, owner: origin.owner, member: member, time: event.time, position: event.position
            ))
    }

    private func origin(in event: AccountEvent) -> (MemberID?, Sealed<SignInOrigin>)? {
        switch event {
        case .signIn(.signedIn(let member, let origin)): (member, origin)
        case .security(.noticed(let notice)): (notice.member, notice.origin)
        case .signIn(.signedOut), .policy, .staff, .member: nil
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        let judged = now.advanced(seconds: -Leeway.hourlyJobs)
        guard let limit = history.policies.calendar.limit(judgedAt: judged, \.signInDetails) else { return }
        for signIn in signIns.prefix(while: { $0.time < limit })
        where !history.fences.cover(signIn.subject, of: signIn.owner) && !isDeferred(signIn, history, at: now) {
            violations.add("should have been erased", at: signIn.position, of: signIn.member)
        }
    }

    private func isDeferred(_ signIn: SignIn, _ history: History, at now: Instant) -> Bool {
        signIn.member.map { history.isDeferred($0, at: now) } ?? false
    }
}
