import Foundation
import Synchronization

/// What waits for the log's writer, from any thread, in order.
final class WriterQueue: Sendable {
    enum Job: Sendable {
        case append(Append, CheckedContinuation<Appended, any Error>)
        /// Given the session once everything before it is durable, or why that cannot be.
        case work(@Sendable (Result<WriterSession, any Error>) -> Void)
        case close(CheckedContinuation<Void, Never>)
    }

    enum Share {
        case half, all
    }

    private struct State {
        var jobs: [Job] = []
        /// With so many the writer is woken.
        var wanted = 1
        var isClosed = false

        /// Whether so many wait; if not, the writer is woken when they do.
        mutating func has(_ expected: Int) -> Bool {
            wanted = jobs.count >= expected ? .max : expected
            return jobs.count >= expected
        }
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private static let largestGroup = 512
    private static let longestGathering = DispatchTimeInterval.microseconds(100)

    var isEmpty: Bool { state.withLock(\.jobs.isEmpty) }

    /// - Parameter refuse: called instead when the queue is closed.
    func add(_ job: Job, otherwise refuse: () -> Void) {
        let (isAccepted, isDue) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.jobs.append(job)
            guard state.jobs.count >= state.wanted else { return (true, false) }
            state.wanted = .max
            return (true, true)
        }
        guard isAccepted else { return refuse() }
        if isDue { wakeUp.signal() }
    }

    /// Waits for the first job; after an answer to many, a moment longer, so that those who come back with another one share a transaction.
    /// - Parameter answered: how many were answered meanwhile.
    func gather(_ answered: () -> Int) {
        while state.withLock({ !$0.has(1) }) { wakeUp.wait() }
        let deadline = DispatchTime.now() + WriterQueue.longestGathering
        let expected = min(answered(), WriterQueue.largestGroup)
        while state.withLock({ !$0.has(expected) }) {
            guard wakeUp.wait(timeout: deadline) == .success else { return }
        }
    }

    /// The first of what waits.
    func take(_ share: Share) -> [Job] {
        state.withLock { state in
            let count =
                switch share {
                case .half: (state.jobs.count + 1) / 2
                case .all: state.jobs.count
                }
            let jobs = Array(state.jobs.prefix(min(count, WriterQueue.largestGroup)))
            state.jobs.removeFirst(jobs.count)
            return jobs
        }
    }

    /// Takes nothing any more.
    /// - Returns: what nobody will do.
    func close() -> [Job] {
        state.withLock { state in
            state.isClosed = true
            defer { state.jobs = [] }
            return state.jobs
        }
    }
}
