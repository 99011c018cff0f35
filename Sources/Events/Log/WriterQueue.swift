import Foundation
import Synchronization

/// The jobs that wait for the log's writer, in order; used from any thread.
final class WriterQueue: Sendable {
    enum Job: Sendable {
        case append(Append, CheckedContinuation<Appended, any Error>)
        /// Receives the session once everything before it is durable, or the error that prevents it.
        case work(@Sendable (Result<WriterSession, any Error>) -> Void)
        case close(CheckedContinuation<Void, Never>)

        fileprivate var isAppend: Bool {
            switch self {
            case .append: true
            case .work, .close: false
            }
        }
    }

    private struct State {
        var jobs: [Job] = []
        /// Whether the writer sleeps until the next job wakes it.
        var isAwaited = false
        var isClosed = false

        mutating func takeFirst(where isWanted: (Job) -> Bool) -> Job? {
            guard let first = jobs.first, isWanted(first) else { return nil }
            return jobs.removeFirst()
        }
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)

    var count: Int { state.withLock(\.jobs.count) }

    /// - Parameter refuse: called instead when the queue is closed.
    func add(_ job: Job, otherwise refuse: () -> Void) {
        let (isAccepted, isDue) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.jobs.append(job)
            defer { state.isAwaited = false }
            return (true, state.isAwaited)
        }
        guard isAccepted else { return refuse() }
        if isDue { wakeUp.signal() }
    }

    /// Returns when there is a job, or at the deadline.
    func wait(until deadline: DispatchTime = .distantFuture) {
        while state.withLock({ state in
            state.isAwaited = state.jobs.isEmpty
            return state.isAwaited
        }) {
            guard wakeUp.wait(timeout: deadline) == .success else { return }
        }
    }

    /// The first job, if it is an append.
    func takeAppend() -> (append: Append, continuation: CheckedContinuation<Appended, any Error>)? {
        switch state.withLock({ $0.takeFirst(where: \.isAppend) }) {
        case .append(let append, let continuation): (append, continuation)
        case .work, .close, nil: nil
        }
    }

    /// The first job, unless it is an append.
    func takeOther() -> Job? { state.withLock { $0.takeFirst { !$0.isAppend } } }

    /// Closes the queue to further jobs.
    /// - Returns: the jobs that will not be executed.
    func close() -> [Job] {
        state.withLock { state in
            state.isClosed = true
            defer { state.jobs = [] }
            return state.jobs
        }
    }
}
