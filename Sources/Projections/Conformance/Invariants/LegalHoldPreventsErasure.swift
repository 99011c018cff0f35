import Accounts
import Events
import Messaging

/// P-10.1: what an investigation needs (legal hold) is kept beyond the date of its erasure, whatever erases it: a person, single texts and
/// sign-ins, or a case of which she is a party.
struct LegalHoldPreventsErasure: Invariant {
    static let name = InvariantName.legalHoldPreventsErasure
    static let sources: Set<ProjectedEvent.Source> = [.erasure, .cases]

    private var cases: [Owner: CaseState] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .cases(let change) = event.kind, let id: CaseID = event.recorded.stream.id() {
            cases[Owner(id), default: .initial].evolve(change, at: event.time)
        }
        guard case .erasure(let erasure) = event.kind, !history.underLegalHold.isEmpty else { return }
        let erased = members(concernedBy: erasure.scope, history).intersection(history.underLegalHold)
        for member in erased.sorted(by: { $0.rawValue < $1.rawValue }) {
            violations.add("erased while held", at: event.position, of: member)
        }
    }

    private func members(concernedBy scope: Erasure.Scope, _ history: History) -> Set<MemberID> {
        switch scope {
        case .owner(let owner): return members(of: owner)
        case .kinds(let kinds, of: let owner):
            return kinds.allSatisfy(Accounts.neverHeld.contains) ? [] : members(of: owner)
        case .subjects(let subjects):
            let owners = subjects.filter { !Accounts.neverHeld.contains($0.kind) }.compactMap(history.owner)
            return Set(owners.compactMap(Accounts.member(whoseHoldCovers:)))
        }
    }

    private func members(of owner: Owner) -> Set<MemberID> {
        var members = Set([Accounts.member(whoseHoldCovers: owner)].compactMap(\.self))
        if case .known(let file)? = cases[owner] { members.formUnion([file.opener, file.other].compactMap(\.self)) }
        return members
    }
}
