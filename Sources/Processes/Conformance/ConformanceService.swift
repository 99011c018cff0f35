import Accounts
import Dispatch
package import Events
package import Projections
import ServiceLifecycle
import Synchronization

/// Checks the log against the policy, at regular intervals and on an auditor's request, and keeps the latest result.
///
/// A check reads the whole log: one at a time, on a dedicated thread, and without keys, as a copy of the file would be read.
package final class ConformanceService: Service {
    package struct State: Sendable {
        /// Nil before the first check of this process.
        package var last: Conformance?
        package var figures: RetainedFigures?
        /// Progress of the current check, in events.
        package var checking: RebuildProgress?
        /// Whether the last check did not finish.
        package var hasFailed = false
    }

    private let application: Application
    private let visits: VisitLog?
    private let state = Mutex((shown: State(), run: Task<Void, Never>?.none))
    private let queue = DispatchQueue(label: "conformance", qos: .utility)
    private let isStopped = Atomic(false)

    package init(application: Application, visits: VisitLog?) {
        self.application = application
        self.visits = visits
    }

    package var current: State { state.withLock { $0.shown } }

    /// Starts a check unless one is running.
    package func start(at now: Instant) {
        state.withLock { state in
            guard state.run == nil, !isStopped.load(ordering: .relaxed) else { return }
            state.shown.checking = RebuildProgress(done: 0, total: application.log.head)
            state.run = Task { [self] in await runCheck(at: now) }
        }
    }

    /// Starts a check or joins the running one, and waits for it.
    package func check(at now: Instant) async {
        start(at: now)
        await state.withLock { $0.run }?.value
    }

    /// Cancels the running check when the site stops, before the log is closed.
    package func run() async throws {
        try await gracefulShutdown()
        await stop()
    }

    package func stop() async {
        isStopped.store(true, ordering: .relaxed)
        await state.withLock { $0.run }?.value
    }

    private func runCheck(at now: Instant) async {
        let result: Result<(Conformance, RetainedFigures), any Error> = await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: Result { try audit(at: now) }) }
        }
        state.withLock { state in
            state.run = nil
            state.shown.checking = nil
            switch result {
            case .success((let conformance, let figures)):
                state.shown = State(last: conformance, figures: figures)
            case .failure(let error): state.shown.hasFailed = !(error is CancellationError)
            }
        }
    }

    private func audit(at now: Instant) throws -> (Conformance, RetainedFigures) {
        let log = try LogCopy(application.files)
        let files = try FileEvidence(of: application.files, log, readAt: now, judgedAt: now)
        let audit = ConformanceAudit(of: log, files: files)
        let total = application.log.head
        let conformance = try audit.run(at: now) { done in
            if isStopped.load(ordering: .relaxed) { throw CancellationError() }
            state.withLock { $0.shown.checking = RebuildProgress(done: done, total: max(total, done)) }
        }
        return (conformance, try RetainedFigures(application, visits, at: now))
    }
}
