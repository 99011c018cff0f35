import Accounts
import Events

/// P-16.3: an erasure begins with a fence, and is complete when every file and cache has been processed.
struct ErasuresAreCompleted: Invariant {
    static let name = InvariantName.erasuresAreCompleted
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .erasure, .other]

    private struct Begun: Sendable {
        let position: Int
        let time: Instant
        let member: MemberID?
    }

    private var unfinished: [FenceID: Begun] = [:]
    private var purged: [(member: MemberID, position: Int)] = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .accounts(.member(.closing(.purged))) = event.kind, let member = event.member {
            purged.append((member, event.position))
        }
        if case .erasure(let erasure) = event.kind {
            unfinished[erasure.fence] = Begun(
                position: event.position, time: event.time, member: erasure.scope.personErased)
        }
        if let done = try? ErasureCompleted(event.recorded) { unfinished[done.fence] = nil }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for begun in unfinished.values.sorted(by: { $0.position < $1.position })
        where begun.time.isLate(at: now, after: Leeway.erasing) {
            violations.add("an erasure was begun and is not finished", at: begun.position, of: begun.member)
        }
        for (member, position) in purged where !history.fences.cover(.identity, of: Owner(member)) {
            violations.add("erased without a fence", at: position, of: member)
        }
    }
}

extension Erasure.Scope {
    /// The member of whom it erases everything that identifies her.
    fileprivate var personErased: MemberID? {
        switch self {
        case .owner(let owner): owner.id(MemberKind.self)
        case .kinds(let kinds, of: let owner): kinds.contains(.identity) ? owner.id(MemberKind.self) : nil
        case .subjects: nil
        }
    }
}
