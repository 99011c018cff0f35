import Accounts
package import Events

/// Looks after the master and hash keys: replaces them when they have been in use long enough, and destroys replaced ones when their time is
/// over, so that expired backups cannot be opened (P-16.3).
package struct KeyEpochs: Sendable {
    package let application: Application

    package init(application: Application) { self.application = application }

    /// Continues an interrupted rotation, or begins one that is due; then destroys the replaced keys that are due.
    ///
    /// Waits for a rotation that is under way. Does nothing during a backup; the next hourly run tries again.
    /// - Returns: how many keys were replaced and destroyed.
    package func work() async throws -> [SideRule: Int] {
        let (log, now) = (application.log, application.clock.now())
        var done: [SideRule: Int] = [:]
        await log.waitForKeyRotation()
        do {
            if try await log.finishKeyRotation(claims: Accounts.claims, at: now) { done[.keyRotation] = 1 }
            if try isRotationDue(at: now) {
                // A crash in it leaves a rotation that the next call finishes instead of beginning another.
                _ = try await log.rotateKeys(claims: Accounts.claims, by: .system, at: now)
                done[.keyRotation] = 1
            }
            for epoch in try dueForDestruction(at: now) {
                try await log.destroyEpoch(epoch, by: .system, at: now)
                done[.keys, default: 0] += 1
            }
        } catch is MaintenanceRefusal {}
        return done
    }

    package func status(at now: Instant) throws -> KeyStatus {
        try KeyStatus(application.log.keyHistory(), application.accounts.policies(), at: now)
    }

    func isRotationDue(at now: Instant) throws -> Bool {
        try isRotationDue(at: now, under: application.accounts.policies())
    }

    func isRotationDue(at now: Instant, under policies: PolicyCalendar) throws -> Bool {
        try KeyStatus(application.log.keyHistory(), policies, at: now).rotation.map { $0 <= now } ?? false
    }

    func dueForDestruction(at now: Instant) throws -> [ReplacedEpoch] {
        try dueForDestruction(at: now, under: application.accounts.policies())
    }

    func dueForDestruction(at now: Instant, under policies: PolicyCalendar) throws -> [ReplacedEpoch] {
        try application.log.replacedEpochs().filter { epoch in
            policies.deadline(from: epoch.replaced, judgedAt: now) { $0.replacedKeyEpoch }.map { $0 <= now } ?? false
        }
    }
}
