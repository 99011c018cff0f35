import Accounts
import Events
import Projections

extension RetentionEngine {
    /// Lifts the holds whose last day is over, which makes the erasures that they deferred, and ends proposals that were not approved in time (P-10.1).
    /// - Returns: the number of members concerned.
    func endHolds() async throws -> Int {
        _ = await views.waitUntil(position: log.head)
        var ended = 0
        for (member, _) in try accounts.holdRecords(in: views.auditTrail.holds().map(\.stream)) {
            if try await accounts.endHold(on: member) { ended += 1 }
        }
        return ended
    }
}
