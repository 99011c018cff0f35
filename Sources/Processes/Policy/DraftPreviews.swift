package import Accounts
package import Events
import Forum
package import Projections
import ServiceLifecycle
package import SiteMap
import Synchronization

/// Previews drafts typed on the page: a preview continues when the page is left, only one runs at a time, and the latest result is kept.
package final class DraftPreviews: Service {
    /// The typed text and the draft parsed from it.
    package struct Typed: Sendable {
        package let kind: TextKind
        package let text: String
        package let rules: String
        package let draft: VersionDraft

        package init(kind: TextKind, text: String, rules: String, draft: VersionDraft) {
            self.kind = kind
            self.text = text
            self.rules = rules
            self.draft = draft
        }
    }

    package enum Standing: Sendable {
        case underWay(RebuildProgress, elapsed: Double)
        case finished(DraftPreview)
        case cancelled
        case failed
    }

    private struct Run {
        let number: Int
        let typed: Typed
        let started: Instant
        var progress: RebuildProgress
        var task: Task<Void, Never>?
        var outcome: Standing?
    }

    private let application: Application
    private let retention: RetentionService
    private let current = Mutex<Run?>(nil)

    package init(of application: Application, _ retention: RetentionService) {
        self.application = application
        self.retention = retention
    }

    /// Nil before the first preview.
    package func state(at now: Instant) -> (typed: Typed, standing: Standing)? {
        current.withLock { $0 }.map { run in
            let elapsed = Double(now.milliseconds - run.started.milliseconds) / 1000
            return (run.typed, run.outcome ?? .underWay(run.progress, elapsed: elapsed))
        }
    }

    /// - Returns: false if another preview is running.
    package func start(_ typed: Typed, at now: Instant) -> Bool {
        current.withLock { current in
            if let current, current.outcome == nil { return false }
            let number = (current?.number ?? 0) + 1
            let task = Task { [self] in finish(number, await outcome(of: typed.draft, number)) }
            let progress = RebuildProgress(done: 0, total: application.log.head)
            current = Run(number: number, typed: typed, started: now, progress: progress, task: task)
            return true
        }
    }

    package func cancel() { current.withLock { $0?.task }?.cancel() }

    /// Cancels the running preview when the site stops, before the log is closed.
    package func run() async throws {
        try await gracefulShutdown()
        await stop()
    }

    package func stop() async {
        guard let task = current.withLock({ $0?.task }) else { return }
        task.cancel()
        await task.value
    }

    private func outcome(of draft: VersionDraft, _ number: Int) async -> Standing {
        do {
            return .finished(
                try await application.preview(draft, retention) { [self] step in
                    current.withLock { if $0?.number == number { $0?.progress = step } }
                })
        } catch is CancellationError {
            return .cancelled
        } catch {
            return .failed
        }
    }

    private func finish(_ number: Int, _ outcome: Standing) {
        current.withLock { current in
            guard current?.number == number else { return }
            current?.outcome = outcome
            current?.task = nil
        }
    }
}
