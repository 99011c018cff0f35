import Accounts
import Events

/// P-10.1: one administrator proposes a hold and another approves; the operator approves only where there is no other. Holds of the first
/// schema were placed by one person, and are not judged.
struct HoldsTakeTwo: Invariant {
    static let name = InvariantName.holdsTakeTwo
    static let sources: Set<ProjectedEvent.Source> = [.oversight]

    private struct Proposal: Hashable {
        let id: HoldProposalID
        let member: MemberID
    }

    private var proposers: [Proposal: Actor] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .oversight(let oversight) = event.kind, let member = MemberID(ofDataIn: event.recorded.stream)
        else { return }
        switch oversight {
        case .holdProposed(let id, _):
            proposers[Proposal(id: id, member: member)] = event.recorded.actor
            if !isAdministrator(event.recorded.actor, over: member, history) {
                violations.add("proposed by one who is no administrator", at: event.position, of: member)
            }
        case .holdConfirmed(let id):
            guard let proposer = proposers.removeValue(forKey: Proposal(id: id, member: member)) else {
                return violations.add("approved without a proposal", at: event.position, of: member)
            }
            if !isSecond(event.recorded.actor, after: proposer, over: member, history) {
                violations.add("approved by nobody who may", at: event.position, of: member)
            }
        case .holdDeclined(let id): proposers[Proposal(id: id, member: member)] = nil
        case .viewed, .numberShown, .textNumberShown, .sessionsEnded, .holdPlaced, .holdLifted: break
        }
    }

    private func isSecond(_ actor: Actor, after proposer: Actor, over member: MemberID, _ history: History) -> Bool {
        switch actor {
        case .operator:
            history.staff.members(with: .administrator).allSatisfy { $0 == member || .member($0) == proposer }
        case .member: actor != proposer && isAdministrator(actor, over: member, history)
        case .visitor, .system: false
        }
    }

    private func isAdministrator(_ actor: Actor, over member: MemberID, _ history: History) -> Bool {
        guard case .member(let id) = actor, id != member else { return false }
        return history.staff.roles(of: id).contains(.administrator)
    }
}
