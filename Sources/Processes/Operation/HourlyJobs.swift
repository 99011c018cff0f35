import Accounts
package import Events
import Foundation
package import Logging
import ServiceLifecycle

/// What a running site does by itself every hour: signs a checkpoint, ends the holding of everything whose time is out, and checks the log
/// against the policy. Versions of the policy and the terms come into force when their day begins.
package struct HourlyJobs: Service {
    package let application: Application
    package let retention: RetentionService
    package let logger: Logger
    /// Nil where nobody asks how the policy is kept.
    package var conformance: ConformanceService?
    /// Nil where nobody else is asked to vouch for the log.
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
            // The first minute of a process belongs to those who waited for the site.
            var nextCheck = Duration.seconds(60)
            while !Task.isCancelled {
                let passed = start.duration(to: .now)
                let isTimeTrusted = guardian.trusts(application.clock.now(), at: passed)
                if passed >= nextWork {
                    nextWork = passed + .seconds(3600)
                    await work(isTimeTrusted: isTimeTrusted)
                    await publishCheckpoint()
                    Allocator.giveBackProgram()
                } else if isTimeTrusted {
                    await bringVersionsIntoForce()
                }
                if passed >= nextCheck {
                    nextCheck = passed + .seconds(3600)
                    await conformance?.check(at: application.clock.now())
                    Allocator.giveBackProgram()
                }
                // Whatever has worked meanwhile: views that were built, a round, a backup.
                Allocator.giveBack()
                // Woken early only to stop.
                try? await Task.sleep(for: pause(at: application.clock.now()))
            }
        }
    }

    /// Short enough to meet the moment at which an announced version takes effect, also one that is announced meanwhile.
    package func pause(at now: Instant) -> Duration {
        let next = try? application.accounts.nextChangeOfVersion(after: now)
        let usual = Duration.seconds(20)
        return next.map { min(usual, .milliseconds($0.milliseconds - now.milliseconds)) } ?? usual
    }

    /// What cannot be built anew now is tried again: pages show no more than the version in force lets be seen, whatever the views hold.
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
            // An event says so for ever: not by a clock that may be wrong.
            await bringVersionsIntoForce()
            report(try await retention.run())
        } catch {
            logger.error("regular work failed", metadata: ["kind": "\(type(of: error))"])
        }
    }

    private func report(_ run: RetentionRun) {
        let done = run.done.map { ($0.key.rawValue, $0.value) } + run.side.map { ($0.key.rawValue, $0.value) }
        if !done.isEmpty { logger.info("time was out", metadata: HourlyJobs.counts(done)) }
        let failed = run.failed.map { ($0.key.rawValue, $0.value) }
        if !failed.isEmpty {
            logger.error("time is out and nothing could be done", metadata: HourlyJobs.counts(failed))
        }
    }

    private static func counts(_ counts: [(String, Int)]) -> Logger.Metadata {
        Logger.Metadata(counts.map { ($0, .stringConvertible($1)) }) { $1 }
    }
}
