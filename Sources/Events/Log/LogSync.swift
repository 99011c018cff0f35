import Foundation
import Synchronization

/// Makes the log's transactions durable, one after the other, on a thread of its own, while the writer's thread prepares the next one.
///
/// Nobody is answered, and no follower hears of an event, before it is durable. What a power cut takes was answered to nobody.
final class LogSync: Sendable {
    /// What the writer has committed and nobody knows of yet.
    struct Transaction: Sendable {
        /// How many appends wait for it.
        let count: Int
        /// Answers them: what was committed is durable, or nobody can tell.
        let answer: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: Transaction?
        var isSyncing = false
        /// Since the writer asked last.
        var answered = 0
        /// Whether somebody waits for progress.
        var isAwaited = false
        /// After it nothing is known to be durable any more, until the log is opened anew.
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

    /// Why nothing can be appended any more, if so.
    var failure: (any Error)? { state.withLock(\.failure) }

    var isIdle: Bool { state.withLock(\.isIdle) }

    /// How many appends were answered since it was last asked.
    func takeAnswered() -> Int {
        state.withLock { state in
            defer { state.answered = 0 }
            return state.answered
        }
    }

    /// Hands over what was committed. Never more than one transaction waits while another is made durable.
    func add(_ transaction: Transaction) {
        wait { $0.waiting == nil }
        state.withLock { $0.waiting = transaction }
        work.signal()
    }

    /// Makes what was committed durable on the caller's thread. Nothing else may be on its way.
    func perform(_ transaction: Transaction) { answer(transaction) }

    /// Returns when everything that was committed is durable and whoever waits for it has been told.
    func drain() throws {
        wait(until: \.isIdle)
        if let failure { throw failure }
    }

    /// Returns when what the writer wrote beside its transactions is durable. Nothing else may be on its way.
    func makeAllDurable() throws {
        do { try makeDurable() } catch {
            state.withLock { $0.failure = error }
            throw error
        }
    }

    /// Ends the thread. Nothing may be on its way.
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
        // First, so that nobody who was refused finds the log open to the next append, and whoever comes back is expected.
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

/// The log's write-ahead log, as a file that can be made durable from any thread. SQLite holds no locks on it that closing it would lose.
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
            // SQLite may have made the file just now.
            try DurableFile.syncDirectory(of: path)
            descriptor = opened
            return opened
        }
        guard fdatasync(descriptor) == 0 else {
            throw errno == ENOSPC ? AppendFailure.diskFull : POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }
}
