import Accounts
import Events

/// P-16.3: erased data is never written again, and the stream of an erased member gets no more events.
struct NothingAfterErasure: Invariant {
    static let name = InvariantName.nothingAfterErasure
    static let sources = Set(ProjectedEvent.Source.allCases)

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if let subject = event.recorded.subject, let owner = event.recorded.owner,
            history.fences.cover(subject, of: owner)
        {
            violations.add("something was sealed after its erasure", at: event.position, of: owner.id(MemberKind.self))
        }
        if let member = event.member, history.member(member).phase == .purged {
            violations.add("the stream goes on after the erasure", at: event.position, of: member)
        }
    }
}
