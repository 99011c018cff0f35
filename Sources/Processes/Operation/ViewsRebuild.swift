package import Events
package import Projections
import ServiceLifecycle
import Synchronization

/// A rebuild of the views started from a page: it continues when the page is left, and only one runs at a time.
package final class ViewsRebuild: Service {
    package struct State: Sendable {
        /// In seconds; nil if none is running here, even if a command is rebuilding.
        package var elapsed: Double?
        package var last: Outcome?
    }

    package enum Outcome: Sendable {
        case rebuilt(Rebuilt)
        case cancelled
        /// A command was already rebuilding.
        case refused
        case failed(String)
    }

    private struct Run {
        let task: Task<Void, Never>
        let started: Instant
    }

    private let views: Views
    private let current = Mutex<(run: Run?, last: Outcome?)>((nil, nil))

    package init(_ views: Views) { self.views = views }

    package func state(at now: Instant) -> State {
        current.withLock { current in
            State(
                elapsed: current.run.map { Double(now.milliseconds - $0.started.milliseconds) / 1000 },
                last: current.last)
        }
    }

    /// Does nothing if a rebuild is running: pressing the button twice is not an error.
    package func start(at now: Instant) {
        current.withLock { current in
            guard current.run == nil else { return }
            current = (Run(task: Task { [self] in finish(await outcome()) }, started: now), nil)
        }
    }

    package func cancel() { current.withLock { $0.run }?.task.cancel() }

    /// Cancels the running rebuild when the site stops, before the log is closed.
    package func run() async throws {
        try await gracefulShutdown()
        await stop()
    }

    package func stop() async {
        guard let run = current.withLock({ $0.run }) else { return }
        run.task.cancel()
        await run.task.value
    }

    private func outcome() async -> Outcome {
        do { return .rebuilt(try await views.rebuild()) } catch is CancellationError {
            return .cancelled
        } catch is RebuildRefusal {
            return .refused
        } catch {
            return .failed("\(error)")
        }
    }

    private func finish(_ outcome: Outcome) { current.withLock { $0 = (nil, outcome) } }
}
