package import Accounts
package import Events
package import Logging
import ServiceLifecycle

/// Counts what `SecurityMonitor` has collected, and records in the log what crosses a threshold: at most one notice a day for each kind and
/// account or network, and 100 in all (P-08.2).
package struct SecurityWorker: Service {
    let accounts: Accounts
    let monitor: SecurityMonitor
    let counts: SecurityCounts
    let clock: Events.Clock
    let logger: Logger

    package init(
        accounts: Accounts, monitor: SecurityMonitor, store: RuntimeStore, clock: Events.Clock, logger: Logger
    ) {
        self.accounts = accounts
        self.monitor = monitor
        counts = SecurityCounts(store: store)
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in monitor.signals {
                do {
                    try await work()
                } catch {
                    logger.error("security incidents are not recorded", metadata: ["kind": "\(type(of: error))"])
                }
                // A flood is counted once a second. Cancellation is the only thing that ends the sleep early.
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    package func work() async throws {
        let incidents = monitor.take()
        guard !incidents.isEmpty else { return }
        let day = clock.now().stockholmDate
        try counts.prune(except: day)
        for crossing in try counts.add(incidents.mapValues(\.count), on: day) {
            guard let origin = incidents[crossing.key]?.origin else { continue }
            let kind = crossing.key.kind
            try await accounts.notice(
                kind, count: crossing.count, isFirstOfDay: !counts.isNoticed(kind, on: day),
                to: crossing.key.target.member, from: origin, command: crossing.command)
            try counts.markNoticed(crossing.key, on: day)
        }
    }
}
