import Accounts
package import Events
import Foundation
package import Logging
package import Projections
import ServiceLifecycle

/// Brings versions of the policy and the terms into force when their day begins, and rebuilds the views for them.
///
/// Runs apart from `HourlyJobs`: a long retention run delays no version, and a long rebuild delays no erasure.
package struct VersionWorker: Service {
    package let application: Application
    package let logger: Logger
    private let progress: ProgressReport

    /// - Parameter progress: of a rebuild of the views.
    package init(application: Application, logger: Logger, progress: @escaping ProgressReport = { _ in }) {
        self.application = application
        self.logger = logger
        self.progress = progress
    }

    package func run() async throws {
        let start = ContinuousClock.now
        await cancelWhenGracefulShutdown {
            var guardian = ClockGuard()
            while !Task.isCancelled {
                let now = application.clock.now()
                await work(isTimeTrusted: guardian.trusts(now, at: start.duration(to: .now)))
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

    /// Appends permanent events, so it does nothing when the clock may be wrong.
    ///
    /// A failed rebuild is tried again: pages apply the visibility rules of the version in force, whatever the views hold.
    package func work(isTimeTrusted: Bool) async {
        guard isTimeTrusted else { return }
        do { try await application.bringVersionsIntoForce(progress: progress) } catch is CancellationError {
        } catch {
            logger.error("a version could not take effect", metadata: ["kind": "\(type(of: error))"])
        }
    }
}
