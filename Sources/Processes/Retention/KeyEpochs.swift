import Accounts
import Events



/// What becomes of replaced keys: a rotation that was interrupted is continued, and keys whose time is over are destroyed.
struct KeyEpochs: Sendable {
    let community: Community

    /// Does nothing while a backup or a rotation is under way; the next hour will do.
    func work() async throws {
        do {
            let now = community.clock.now()
            _ = try await community.log.finishKeyRotation(claims: Accounts.claims, at: now)
            for epoch in try dueForDestruction(at: now) {
                try await community.log.destroyEpoch(epoch, by: .system, at: now)
            }
        } catch is MaintenanceRefusal {
            return
        }
    }

    func dueForDestruction(at now: Instant) throws -> [ReplacedEpoch] {
        let policies = try community.accounts.policies()
        return try community.log.replacedEpochs().filter { epoch in
            policies.deadline(from: epoch.replaced, judgedAt: now) { $0.replacedKeyEpoch }.map { $0 <= now } ?? false
        }
    }
}
