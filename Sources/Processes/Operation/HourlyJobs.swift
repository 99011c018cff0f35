import Accounts
package import Events
import Foundation
package import Logging
import ServiceLifecycle

/// The site's hourly jobs: signs a checkpoint, ends the retention of all data whose time is over, and checks the log against the policy.
/// Also brings versions of the policy and the terms into force when their day begins.
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
                } else if isTimeTrusted {
                    await bringVersionsIntoForce()
                }
                if passed >= nextCheck {
                    nextCheck = passed + .seconds(3600)
                    await conformance?.check(at: application.clock.now())
                }
                // Frees memory after other work too, such as a rebuild of the views, a run of jobs or a backup.
                Allocator.giveBack()
                // Cancellation is the only thing that ends the sleep early.
                try? await Task.sleep(for: pause(at: application.clock.now()))
            }
        }
    }

    /// Until the next announced version takes effect, and at most 20 seconds, so that a version announced during the pause is not missed.
    package func pause(at now: Instant) -> Duration {
        let next = try? application.accounts.nextChangeOfVersion(after: now)
        let usual = Duration.seconds(20)
        return next.map { min(usual, .milliseconds($0.milliseconds - now.milliseconds)) } ?? usual
    }

    /// A failed rebuild is tried again: pages apply the visibility rules of the version in force, whatever the views hold.
    private func bringVersionsIntoForce() async {
        do { try await application.bringVersionsIntoForce() } catch is CancellationError {
        } catch {
            logger.error("a version could not take effect", metadata: ["kind": "\(type(of: error))"])
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
            // These jobs append permanent events, so they do not run when the clock may be wrong.
            await bringVersionsIntoForce()
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
