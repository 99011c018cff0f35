import Accounts
import Events
import Foundation
import GRDB
import Logging
import Synchronization

/// The thread that keeps the views up to date with the log, and switches to a rebuilt generation.
final class Projector: Sendable {
    struct State {
        var current: Generation
        var failure: ProjectionFailure?
        /// The generation in use is damaged: no page reads it, and another is being built.
        var isDamaged = false
        var rebuild: RebuildProgress?
        var candidate: Candidate?
        /// The generation that a rebuild has loaded and now follows the log.
        var building: Generation?
        /// Generations that no page reads, by number: built for a draft of the policy, compared and deleted. Nil while one is being loaded.
        var sideGenerations: [Int: Generation?] = [:]
        /// The highest number given to a generation so far.
        var lastNumber: Int
        var waiting: [Int: (position: Int, continuation: CheckedContinuation<Bool, Never>)] = [:]
        var isClosed = false
        var isAwaited: Bool { !waiting.isEmpty || candidate != nil || isClosed || isDamaged }
        /// Whether to retry although the log has not moved.
        var isUnfinished: Bool { failure != nil || isDamaged }

        /// A number that no other generation gets.
        mutating func nextNumber(in directory: URL) -> Int {
            lastNumber = max(lastNumber, Generation.numbers(in: directory).last ?? 0) + 1
            return lastNumber
        }
    }

    /// A rebuilt generation that has almost caught up.
    struct Candidate {
        let generation: Generation
        let switched: CheckedContinuation<Void, any Error>
    }

    let log: EventLog
    let directory: URL
    let logger: Logger
    let past: PastFiles
    let state: Mutex<State>
    private let waitCount = Atomic(0)
    let wakeUp = DispatchSemaphore(value: 0)
    /// Ends the batch delay: a caller waits for events that the views do not show yet, for a switch, or for the close.
    let endOfBatchDelay = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private static let batch = 500
    /// Maximum delay before a batch is committed when no request is waiting for it.
    private static let maxBatchDelay = DispatchTimeInterval.milliseconds(100)
    private let retryDelay: DispatchTimeInterval

    /// - Parameter retryDelay: the time between a failure and the next attempt.
    init(
        log: EventLog, directory: URL, logger: Logger, retryDelay: DispatchTimeInterval = .seconds(5),
        progress: ProgressReport
    ) throws {
        self.log = log
        self.directory = directory
        self.logger = logger
        self.retryDelay = retryDelay
        try Generation.deleteLeftovers(in: directory)
        past = try PastFiles(of: log, in: directory)
        let (current, wasInterrupted) = try Projector.newest(of: log, in: directory, logger, progress)
        state = Mutex(State(current: current, lastNumber: current.number))
        let thread = Thread { [self] in run() }
        thread.name = "views"
        thread.start()
        if wasInterrupted { checkInBackground(current) }
        log.whenMoved { [wakeUp] in wakeUp.signal() }
        wakeUp.signal()
    }

    var current: Generation { state.withLock { $0.current } }

    var status: ViewsStatus {
        state.withLock { state in
            ViewsStatus(
                generation: state.current.number, position: state.current.position, head: log.head,
                failure: state.failure, isDamaged: state.isDamaged, rebuild: state.rebuild)
        }
    }

    func waitUntil(position: Int, within limit: Duration) async -> Bool {
        let id = waitCount.add(1, ordering: .relaxed).newValue
        var timeout: Task<Void, any Error>?
        defer { timeout?.cancel() }
        return await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.current.position >= position { return true }
                state.waiting[id] = (position, continuation)
                return false
            }
            if isReached { return continuation.resume(returning: true) }
            endOfBatchDelay.signal()
            // Started once the continuation is stored: a shorter limit would otherwise end before there is anything to resume.
            timeout = Task {
                try await Task.sleep(for: limit)
                state.withLock { $0.waiting.removeValue(forKey: id) }?.continuation.resume(returning: false)
            }
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        endOfBatchDelay.signal()
        wakeUp.signal()
        stopped.wait()
        try? current.close()
    }

    private func run() {
        defer { stopped.signal() }
        // On Linux this affects only the calling thread: when CPU time is short, writes become durable before they are shown.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        while true {
            waitForWork()
            if !state.withLock(\.isAwaited) { _ = endOfBatchDelay.wait(timeout: .now() + Projector.maxBatchDelay) }
            while wakeUp.wait(timeout: .now()) == .success {}
            let (isClosed, candidate) = state.withLock { state in
                defer { state.candidate = nil }
                return (state.isClosed, state.candidate)
            }
            if let candidate { take(candidate) }
            replaceDamaged()
            follow()
            if isClosed { return }
        }
    }

    private func waitForWork() {
        if state.withLock(\.isUnfinished) {
            _ = wakeUp.wait(timeout: .now() + retryDelay)
        } else {
            wakeUp.wait()
        }
    }

    private func follow() {
        guard let generation = state.withLock({ $0.isDamaged ? nil : $0.current }) else { return }
        do {
            while generation.position < log.head {
                try generation.apply(log.events(after: generation.position, limit: Projector.batch), from: log)
                release(generation.position)
            }
            state.withLock { $0.failure = nil }
        } catch is ViewsDamaged {
            takeOut(generation)
        } catch {
            let failure =
                error as? ProjectionFailure
                ?? ProjectionFailure(
                    position: generation.position + 1, type: EventType("unknown", 0), reason: String(describing: error))
            state.withLock { $0.failure = failure }
        }
    }

    /// The switch: the candidate applies the remaining events, and the next read uses it.
    private func take(_ candidate: Candidate) {
        do {
            try use(candidate.generation)
            candidate.switched.resume()
        } catch {
            candidate.switched.resume(throwing: error)
        }
    }

    func use(_ generation: Generation) throws {
        try Projector.catchUp(generation, with: log)
        try generation.markReady()
        let old = state.withLock { state in
            defer {
                state.current = generation
                state.building = nil
                state.failure = nil
                state.isDamaged = false
            }
            return state.current
        }
        old.retire()
        release(generation.position)
    }

    private func release(_ position: Int) {
        let ready = state.withLock { state in
            let ready = state.waiting.filter { $0.value.position <= position }
            for id in ready.keys { state.waiting.removeValue(forKey: id) }
            return ready.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume(returning: true) }
    }

    /// - Parameter limit: the position to stop at, instead of at the log's head.
    static func catchUp(_ generation: Generation, with log: EventLog, through limit: Int? = nil) throws {
        while case let position = generation.position, position < limit ?? log.head {
            let size = limit.map { min(batch, $0 - position) } ?? batch
            try generation.apply(log.events(after: position, limit: size), from: log)
        }
    }
}
