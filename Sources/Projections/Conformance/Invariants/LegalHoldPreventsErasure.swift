import Accounts
import Events

/// P-10.1: data that an investigation needs (legal hold) is kept beyond the date of its erasure.
struct LegalHoldPreventsErasure: Invariant {
    static let name = InvariantName.legalHoldPreventsErasure
    static let sources: Set<ProjectedEvent.Source> = [.erasure]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .erasure(let erasure) = event.kind, let member = erasure.scope.personErased,
            history.underLegalHold.contains(member)
        else { return }
        violations.add("erased while held", at: event.position, of: member)
    }
}

extension Erasure.Scope {
    /// The member of whom it erases everything that identifies her.
    var personErased: MemberID? {
        switch self {
        case .owner(let owner): owner.id(MemberKind.self)
        case .kinds(let kinds, of: let owner): kinds.contains(.identity) ? owner.id(MemberKind.self) : nil
        case .subjects: nil
        }
    }
}
