import Accounts
import Events

/// P-14.1: of an old password nothing is kept to try others with.
struct ReplacedPasswordsAreErased: Invariant {
    static let name = InvariantName.replacedPasswordsAreErased

    private struct Replaced: Sendable {
        let subject: Subject
        let owner: Owner
        let member: MemberID
        let position: Int
    }

    private var replaced: [Replaced] = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard let member = event.member, let before = history.member(member).account?.password else { return }
        var isReplaced = false
        if case .accounts(.passwordSet(let password, _)) = event.kind {
            isReplaced = password.subject != before.subject
        }
        if case .accounts(.compromiseReported) = event.kind { isReplaced = true }
        guard isReplaced else { return }
        replaced.append(
            Replaced(subject: before.subject, owner: before.owner, member: member, position: event.position))
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for old in replaced where !history.fences.cover(old.subject, of: old.owner) {
            violations.add("the password before it is kept", at: old.position, of: old.member)
        }
    }
}
