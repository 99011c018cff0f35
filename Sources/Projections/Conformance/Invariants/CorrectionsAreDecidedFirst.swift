import Accounts
import Events

/// P-12.4: data that members cannot change themselves changes only after an approved request of the member concerned.
struct CorrectionsAreDecidedFirst: Invariant {
    static let name = InvariantName.correctionsAreDecidedFirst
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .corrections]

    private var open: [StreamName: MemberID] = [:]
    /// The last approval; it is appended together with the correction, by the same command.
    private var lastApproval: (command: CommandID, member: MemberID?)?

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .corrections(.requested(let correction)) = event.kind {
            open[event.recorded.stream] = correction.member
        }
        if case .corrections(.decided(let decision)) = event.kind {
            let member = open.removeValue(forKey: event.recorded.stream)
            if decision.isApproved { lastApproval = (event.recorded.command, member) }
        }
        if case .accounts(.member(.profile(.identityCorrected))) = event.kind,
            lastApproval?.command != event.recorded.command || lastApproval?.member != event.member
        {
            violations.add("corrected without an approved request", at: event.position, of: event.member)
        }
    }
}
