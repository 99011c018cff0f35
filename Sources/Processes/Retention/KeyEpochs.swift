import Accounts
import Events

/// Continues an interrupted key rotation, and destroys replaced keys when their time is over.
struct KeyEpochs: Sendable {
    let application: Application

    /// Does nothing while a backup or a rotation is running; the next hourly run tries again.
    func work() async throws {
        do {
            let now = application.clock.now()
            _ = try await application.log.finishKeyRotation(claims: Accounts.claims, at: now)
            for epoch in try dueForDestruction(at: now) {
                try await application.log.destroyEpoch(epoch, by: .system, at: now)
            }
        } catch is MaintenanceRefusal {
            return
        }
    }

    func dueForDestruction(at now: Instant) throws -> [ReplacedEpoch] {
        let policies = try application.accounts.policies()
        return try application.log.replacedEpochs().filter { epoch in
            policies.deadline(from: epoch.replaced, judgedAt: now) { $0.replacedKeyEpoch }.map { $0 <= now } ?? false
        }
    }
}
