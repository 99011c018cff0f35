import Dispatch
package import Events
package import Foundation
package import Projections
import ServiceLifecycle
import Synchronization

/// Checks the site against the policy, and keeps the latest result.
///
/// At the start, once a day and on an auditor's request the whole log and every file next to it are read, and what the files showed becomes an
/// event. In between the check goes on from where it was in the log. One at a time, on a dedicated thread, and without keys, as a copy of the
/// files would be read.
package final class ConformanceService: Service {
    package struct State: Sendable {
        /// Nil before the first check of this process.
        package var last: Conformance?
        /// The calendar months until then, the newest last.
        package var months: [MonthlyConformance] = []
        package var figures: RetainedFigures?
        /// Progress of the current check, in events.
        package var checking: RebuildProgress?
        /// Whether the last check did not finish.
        package var hasFailed = false
    }

    private struct Checked {
        let conformance: Conformance
        let months: [MonthlyConformance]
        let figures: RetainedFigures
    }

    private let application: Application
    private let visits: VisitLog?
    private let backups: URL?
    private let state = Mutex((shown: State(), run: Task<Void, Never>?.none))
    private let queue = DispatchQueue(label: "conformance", qos: .utility)
    private let isStopped = Atomic(false)
    /// The check that the next one goes on from; used on `queue` alone.
    private nonisolated(unsafe) var audit: ConformanceAudit?

    /// How far back each whole check judges month by month.
    private static let past = Period(years: 2)

    /// - Parameter backups: the directory above the backups, if it is known.
    package init(application: Application, visits: VisitLog?, backups: URL? = nil) {
        self.application = application
        self.visits = visits
        self.backups = backups
    }

    package var current: State { state.withLock { $0.shown } }

    /// Starts a whole check unless a check is running.
    package func start(at now: Instant) { start(at: now, goingOn: false) }

    private func start(at now: Instant, goingOn: Bool) {
        state.withLock { state in
            guard state.run == nil, !isStopped.load(ordering: .relaxed) else { return }
            state.shown.checking = RebuildProgress(done: 0, total: application.log.head)
            state.run = Task { [self] in await runCheck(at: now, goingOn: goingOn) }
        }
    }

    /// Starts a whole check or joins the running one, and waits for it.
    package func check(at now: Instant) async {
        start(at: now)
        await state.withLock { $0.run }?.value
    }

    /// Goes on with the check of the log; a whole check on the first call of a day.
    package func goOn(at now: Instant) async {
        let isOfToday = current.last?.judgedAt.stockholmDate == now.stockholmDate
        start(at: now, goingOn: isOfToday)
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

    private func runCheck(at now: Instant, goingOn: Bool) async {
        let result: Result<Checked, any Error> = await withCheckedContinuation { continuation in
            queue.async { [self] in
                continuation.resume(returning: Result { try goingOn ? readOn(at: now) : checkWhole(at: now) })
            }
        }
        if !goingOn, case .success(let checked) = result { await record(checked.conformance, at: now) }
        state.withLock { state in
            state.run = nil
            state.shown.checking = nil
            switch result {
            case .success(let checked):
                state.shown = State(last: checked.conformance, months: checked.months, figures: checked.figures)
            case .failure(let error): state.shown.hasFailed = !(error is CancellationError)
            }
        }
    }

    private func checkWhole(at now: Instant) throws -> Checked {
        let log = try LogCopy(application.files)
        let files = try FileEvidence(
            of: application.files, backups: backups, log, readAt: now, judgedAt: now)
        let audit = ConformanceAudit(of: log, files: files)
        self.audit = nil
        let conformance = try audit.run(at: now, progress: report)
        let start = now.subtracting(ConformanceService.past).stockholmDate.firstOfMonth.startInStockholm
        let months = try ConformanceAudit(of: log).months(of: start...now, at: now, progress: report)
        self.audit = audit
        return Checked(
            conformance: conformance, months: months.filter { $0.conformance.policy != nil },
            figures: try RetainedFigures(application, visits, at: now))
    }

    /// What files showed at the last whole check still counts.
    private func readOn(at now: Instant) throws -> Checked {
        guard let audit else { return try checkWhole(at: now) }
        try audit.read(progress: report)
        return Checked(
            conformance: audit.conclude(at: now), months: current.months,
            figures: try RetainedFigures(application, visits, at: now))
    }

    private func report(_ done: Int) throws {
        if isStopped.load(ordering: .relaxed) { throw CancellationError() }
        state.withLock { $0.shown.checking = RebuildProgress(done: done, total: max(application.log.head, done)) }
    }

    /// Appends what the files showed, once a day: later that is the only evidence of it.
    private func record(_ conformance: Conformance, at now: Instant) async {
        let day = now.stockholmDate
        let verdict = FilesJudged(conformance)
        guard !verdict.held.isEmpty || !verdict.broken.isEmpty else { return }
        _ = try? await application.log.append(
            Append(
                command: CommandID(named: "files judged \(verdict.broken.isEmpty)", at: day.startInStockholm),
                actor: .system, time: now,
                streams: [StreamAppend(FilesJudged.stream, expected: .any, encoded: [verdict.encoded()])]))
    }
}

extension CalendarDate {
    fileprivate var firstOfMonth: CalendarDate { CalendarDate(year: year, month: month, day: 1) ?? self }
}
