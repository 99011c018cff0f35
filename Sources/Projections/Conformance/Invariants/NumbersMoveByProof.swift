import Accounts
import Events
import Messaging

/// P-16.6: nobody inherits a number. An account without its number gets one by an approved request for correction, or by an identification
/// of its owner that stands in a case.
struct NumbersMoveByProof: Invariant {
    static let name = InvariantName.numbersMoveByProof
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .corrections, .cases]

    /// The members identified in each case.
    private var identified: [CaseID: Set<MemberID>] = [:]
    /// The last approval of a correction; it is appended together with what it changes, by the same command.
    private var lastApproval: CommandID?
    /// The last number given in a case: the account that loses it is named by the same command.
    private var lastGiven: (command: CommandID, case: CaseID)?

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .cases(.identified(let member)) = event.kind, let id: CaseID = event.recorded.stream.id() {
            identified[id, default: []].insert(member)
        }
        if case .corrections(.decided(let decision)) = event.kind, decision.isApproved {
            lastApproval = event.recorded.command
        }
        guard case .accounts(.member(.profile(.numberSet(let move)))) = event.kind, let member = event.member else {
            return
        }
        switch (move.standing, move.case) {
        case (.held, let id?):
            if identified[id]?.contains(member) != true {
                violations.add("got a number without an identification", at: event.position, of: member)
            }
            lastGiven = (event.recorded.command, id)
        case (.held, nil):
            if lastApproval != event.recorded.command {
                violations.add("got a number without an approved request", at: event.position, of: member)
            }
        case (.anothers, let id):
            if lastGiven?.command != event.recorded.command || lastGiven?.case != id {
                violations.add("lost a number that nobody got", at: event.position, of: member)
            }
        }
    }
}
