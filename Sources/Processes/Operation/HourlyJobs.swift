import Events
import Foundation
package import Logging
import ServiceLifecycle

/// The site's hourly jobs: signs a checkpoint, ends the retention of all data whose time is over, and checks the log against the policy.
package struct HourlyJobs: Service {
    package let application: Application
    package let retention: RetentionService
    package let logger: Logger
    /// Nil if conformance is not checked.
    package var conformance: ConformanceService?
    /// Nil if no third parties anchor the log.
    package var anchors: AnchorWorker?

    package init(
        application: Application, retention: RetentionService, logger: Logger, conformance: ConformanceService? = nil,
        anchors: AnchorWorker? = nil
    ) {
        self.application = application
        self.retention = retention
        self.logger = logger
        self.conformance = conformance
        self.anchors = anchors
    }

    package func run() async throws {
        let start = ContinuousClock.now
        await cancelWhenGracefulShutdown {
            var guardian = ClockGuard()
            var nextWork = Duration.zero
            // The first minute is left to users who waited for the site to start.
            var nextCheck = Duration.seconds(60)
            while !Task.isCancelled {
                let passed = start.duration(to: .now)
                let isTimeTrusted = guardian.trusts(application.clock.now(), at: passed)
                if passed >= nextWork {
                    nextWork = passed + .seconds(3600)
                    await work(isTimeTrusted: isTimeTrusted)
                    await publishCheckpoint()
                }
                if passed >= nextCheck {
                    nextCheck = passed + .seconds(3600)
                    await conformance?.goOn(at: application.clock.now())
                }
                // Frees memory after other work too, such as a rebuild of the views, a run of jobs or a backup.
                Allocator.giveBack()
                // Cancellation is the only thing that ends the sleep early. The clock is looked at this often.
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    private func publishCheckpoint() async {
        guard let anchors else { return }
        do { await anchors.work(on: try await application.log.checkpoint()) } catch {
            logger.error("no checkpoint can be signed", metadata: ["kind": "\(type(of: error))"])
        }
    }

    package func work(isTimeTrusted: Bool) async {
        do {
            _ = try await application.log.checkpoint()
            try await retention.side.endSessionsAndLinks()
            guard isTimeTrusted else {
                return logger.warning(
                    "the machine's clock has jumped; nothing is erased until it has kept still for a day. If the time is right, 'mikroforetag retention run' need not wait"
                )
            }
            // Appends permanent events, so it does not run when the clock may be wrong.
            report(try await retention.run())
        } catch {
            logger.error("regular work failed", metadata: ["kind": "\(type(of: error))"])
        }
    }

    private func report(_ run: RetentionRun) {
        let done = run.done.map { ($0.key.rawValue, $0.value) } + run.side.map { ($0.key.rawValue, $0.value) }
        if !done.isEmpty { logger.info("time was out", metadata: HourlyJobs.counts(done)) }
        if run.side[.keyRotation] != nil { logger.notice("the keys were replaced; back up the keys directory") }
        if run.keysFailed { logger.error("the keys could not be replaced or destroyed; see 'mikroforetag doctor'") }
        let failed = run.failed.map { ($0.key.rawValue, $0.value) }
        if !failed.isEmpty {
            logger.error("time is out and nothing could be done", metadata: HourlyJobs.counts(failed))
        }
    }

    private static func counts(_ counts: [(String, Int)]) -> Logger.Metadata {
        Logger.Metadata(counts.map { ($0, .stringConvertible($1)) }) { $1 }
    }
}
