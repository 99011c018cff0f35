import Foundation
import Synchronization

/// Makes the log's transactions durable, one after the other, on its own thread, while the writer's thread prepares the next one.
///
/// No append is answered, and no follower notified of an event, before it is durable: a power cut takes only unacknowledged events.
final class LogSync: Sendable {
    /// A committed transaction whose appends are not answered yet.
    struct Transaction: Sendable {
        /// The number of appends that wait for it.
        let count: Int
        /// Answers the appends: nil when the transaction is durable, an error when that is unknown.
        let answer: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: Transaction?
        var isSyncing = false
        /// The number of appends answered since the writer last asked.
        var answered = 0
        /// Whether a thread waits for progress.
        var isAwaited = false
        /// After a failure nothing more is known to be durable until the log is reopened.
        var failure: (any Error)?
        var isClosed = false

        var isIdle: Bool { waiting == nil && !isSyncing }
    }

    private let makeDurable: @Sendable () throws -> Void
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let progress = DispatchSemaphore(value: 0)

    /// - Parameter makeDurable: returns when everything that was written to the log is durable.
    init(_ makeDurable: @escaping @Sendable () throws -> Void) {
        self.makeDurable = makeDurable
        let thread = Thread { [self] in run() }
        thread.name = "log sync"
        thread.start()
    }

    /// The failure after which nothing more can be appended, if there was one.
    var failure: (any Error)? { state.withLock(\.failure) }

    var isIdle: Bool { state.withLock(\.isIdle) }

    /// The number of appends answered since the last call.
    func takeAnswered() -> Int {
        state.withLock { state in
            defer { state.answered = 0 }
            return state.answered
        }
    }

    /// Hands over a committed transaction. At most one waits while another is made durable: blocks until there is room.
    func add(_ transaction: Transaction) {
        wait { $0.waiting == nil }
        state.withLock { $0.waiting = transaction }
        work.signal()
    }

    /// Makes a committed transaction durable on the caller's thread. No other one may be in progress.
    func makeDurable(_ transaction: Transaction) { answer(transaction) }

    /// Returns when every committed transaction is durable and its appends are answered.
    func drain() throws {
        wait(until: \.isIdle)
        if let failure { throw failure }
    }

    /// Returns when the writer's changes outside append transactions are durable. No transaction may be in progress.
    func makeAllDurable() throws {
        do { try makeDurable() } catch {
            state.withLock { $0.failure = error }
            throw error
        }
    }

    /// Ends the thread. No transaction may be in progress.
    func close() {
        state.withLock { $0.isClosed = true }
        work.signal()
    }

    private func wait(until isReached: (State) -> Bool) {
        while state.withLock({ state in
            state.isAwaited = !isReached(state)
            return state.isAwaited
        }) { progress.wait() }
    }

    private func tellOfProgress() {
        let isAwaited = state.withLock { state in
            defer { state.isAwaited = false }
            return state.isAwaited
        }
        if isAwaited { progress.signal() }
    }

    private func run() {
        while true {
            work.wait()
            let (transaction, isClosed) = state.withLock { state in
                defer { state.waiting = nil }
                state.isSyncing = state.waiting != nil
                return (state.waiting, state.isClosed)
            }
            if let transaction {
                tellOfProgress()
                answer(transaction)
                tellOfProgress()
            } else if isClosed {
                return
            }
        }
    }

    private func answer(_ transaction: Transaction) {
        let failure = failure ?? Result(catching: makeDurable).failure
        // Before the answers: an append that follows a failure must be refused too, and the writer must expect the answered callers to
        // return.
        state.withLock { state in
            state.failure = failure
            state.answered += transaction.count
        }
        transaction.answer(failure)
        state.withLock { $0.isSyncing = false }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        switch self {
        case .success: nil
        case .failure(let failure): failure
        }
    }
}

/// The database's write-ahead log as a file that can be synced from any thread. SQLite holds no locks on it that closing it would
/// release.
final class WriteAheadLog: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32?>(nil)

    init(of database: String) { path = database + "-wal" }

    deinit { if let open = descriptor.withLock(\.self) { close(open) } }

    /// Returns when everything written so far survives a power cut.
    func makeDurable() throws {
        let descriptor = try descriptor.withLock { descriptor in
            if let descriptor { return descriptor }
            let opened = open(path, O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            // SQLite may have just created the file.
            try DurableFile.syncDirectory(of: path)
            descriptor = opened
            return opened
        }
        guard fdatasync(descriptor) == 0 else {
            throw errno == ENOSPC ? AppendFailure.diskFull : POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }
}
