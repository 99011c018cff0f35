import Foundation
import Synchronization

/// The one thread that writes the log. Waiting appends share one transaction (group commit), each with several writes in its own
/// savepoint, so that one member's conflict never fails another's. While one transaction is made durable (`LogSync`), the next is
/// written.
final class LogWriter: Sendable {
    private let queue = WriterQueue()
    private let published: Atomic<Int>
    private let committed = Atomic(0)
    private let listeners = Mutex<[@Sendable () -> Void]>([])
    private let followers = Mutex<[Int: AsyncStream<Int>.Continuation]>([:])
    private let followerCount = Atomic(0)
    private let vault: Vault
    private let sync: LogSync
    private static let largestGroup = 512
    /// How long a transaction stays open for expected appends.
    private static let longestGathering = DispatchTimeInterval.microseconds(100)

    /// Starts the thread; returns when the log is open and vault and log agree.
    init(
        files: LogFiles, identity: LogIdentity, vault: Vault, keyring: Keyring, holds: HoldCheck,
        makeDurable: (@Sendable () throws -> Void)? = nil
    ) throws {
        self.vault = vault
        let writeAheadLog = WriteAheadLog(of: files.log)
        sync = LogSync(makeDurable ?? { try writeAheadLog.makeDurable() })
        let started = Mutex<Result<Int, any Error>?>(nil)
        let ready = DispatchSemaphore(value: 0)
        published = Atomic(0)
        let thread = Thread { [self] in
            do {
                // No variable holds the session: it must be released before the closing caller resumes.
                let closing = try run(
                    WriterSession(files: files, identity: identity, vault: vault, keyring: keyring, holds: holds)
                ) { head in
                    started.withLock { $0 = .success(head) }
                    ready.signal()
                }
                closing.resume()
            } catch {
                started.withLock { $0 = .failure(error) }
                ready.signal()
            }
        }
        thread.name = "log writer"
        thread.start()
        ready.wait()
        let result = started.withLock { $0 }
        do { published.store(try result?.get() ?? 0, ordering: .releasing) } catch {
            sync.close()
            throw error
        }
    }

    /// The number of transactions that appends have shared. Each is made durable separately.
    var transactions: Int { committed.load(ordering: .relaxed) }

    /// The number of jobs that the writer has not taken yet.
    var waiting: Int { queue.count }

    var head: Int { published.load(ordering: .acquiring) }

    func whenMoved(_ tell: @escaping @Sendable () -> Void) { listeners.withLock { $0.append(tell) } }

    func heads() -> AsyncStream<Int> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = followerCount.add(1, ordering: .relaxed).newValue
            continuation.onTermination = { [weak self] _ in _ = self?.followers.withLock { $0.removeValue(forKey: id) }
            }
            followers.withLock { $0[id] = continuation }
            continuation.yield(head)
        }
    }

    func append(_ append: Append) async throws -> Appended {
        try await withCheckedThrowingContinuation { continuation in
            queue.add(.append(append, continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    func checkpoint() async throws -> SignedCheckpoint { try await runOnWriter { try $0.signCheckpoint() } }

    /// The owner's subjects whose keys are not destroyed.
    func subjects(of owner: Owner) async throws -> [Subject] { try await runOnWriter { try $0.subjects(of: owner) } }

    /// Records erasures in the ledger and destroys their keys in the vault.
    func destroyKeys(of erasures: [Erasure]) async throws { try await runOnWriter { try $0.destroyKeys(of: erasures) } }

    func emptyWriteAheadLogs() async throws -> [ErasureCompleted.File] {
        try await runOnWriter { try $0.emptyWriteAheadLogs() }
    }

    /// Moves claims that are stored under an older hash key to the newest. Durable when it returns.
    func moveClaims(_ claims: [ClaimWithHolder]) async throws {
        try await runOnWriter { [sync] session in
            try session.moveClaims(claims)
            try sync.makeAllDurable()
        }
    }

    /// Runs work on the writer's thread once everything before it is durable.
    private func runOnWriter<Value: Sendable>(
        _ work: @escaping @Sendable (WriterSession) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.add(.work { session in continuation.resume(with: Result { try work(session.get()) }) }) {
                continuation.resume(throwing: AppendFailure.closed)
            }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.add(.close(continuation)) { continuation.resume() }
        }
    }

    /// Runs until the log is closed. The session, and with it the file, is released before the closing caller resumes.
    private func run(_ session: WriterSession, isReady: (Int) -> Void) -> CheckedContinuation<Void, Never> {
        isReady(session.head)
        while true {
            queue.wait()
            switch queue.takeOther() {
            // Nil: the first job is an append.
            case .append, nil: commit(in: session)
            case .work(let work):
                work(
                    Result {
                        try sync.drain()
                        return session
                    })
            case .close(let continuation):
                close(session)
                return continuation
            }
        }
    }

    /// Commits the first appends of the queue in one transaction, held open briefly because callers that were just answered may append
    /// again.
    private func commit(in session: WriterSession) {
        if let failure = sync.failure {
            while let waiting = queue.takeAppend() { waiting.continuation.resume(throwing: failure) }
            return
        }
        let expected = max(sync.takeAnswered(), queue.count)
        // Half of the expected appends when no sync is in progress: the other half is written while the first is made durable.
        let size = min(sync.isIdle ? (expected + 1) / 2 : expected, LogWriter.largestGroup)
        let deadline = DispatchTime.now() + LogWriter.longestGathering
        var continuations: [CheckedContinuation<Appended, any Error>] = []
        continuations.reserveCapacity(size)
        let committed = session.commit {
            guard continuations.count < size else { return nil }
            var waiting = queue.takeAppend()
            if waiting == nil {
                queue.wait(until: deadline)
                waiting = queue.takeAppend()
            }
            guard let waiting else { return nil }
            continuations.append(waiting.continuation)
            return waiting.append
        }
        self.committed.add(1, ordering: .relaxed)
        answer(continuations, committed)
    }

    /// Answers the appends when their transaction is durable.
    private func answer(
        _ continuations: [CheckedContinuation<Appended, any Error>], _ committed: WriterSession.Committed
    ) {
        let transaction = LogSync.Transaction(count: continuations.count) { [self] failure in
            if failure == nil {
                vault.note(committed.assignments, through: committed.head)
                announce(committed.head)
            }
            for (continuation, result) in zip(continuations, committed.results) {
                continuation.resume(with: failure.map(Result.failure) ?? result)
            }
        }
        // A single append is made durable on this thread, which saves waking the other one.
        if continuations.count == 1, sync.isIdle, queue.count == 0 {
            sync.makeDurable(transaction)
        } else {
            sync.add(transaction)
        }
    }

    private func close(_ session: WriterSession) {
        let late = queue.close()
        // A head is never signed over events that may not be durable.
        let isDurable = (try? sync.drain()) != nil
        sync.close()
        session.close(signing: isDurable)
        // Finishing calls `onTermination`, which takes the lock again.
        let last = followers.withLock { followers in
            defer { followers = [:] }
            return Array(followers.values)
        }
        for follower in last { follower.finish() }
        refuse(late)
    }

    private func refuse(_ jobs: [WriterQueue.Job]) {
        for job in jobs {
            switch job {
            case .append(_, let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .work(let work): work(.failure(AppendFailure.closed))
            case .close(let continuation): continuation.resume()
            }
        }
    }

    private func announce(_ head: Int) {
        guard head > published.load(ordering: .acquiring) else { return }
        published.store(head, ordering: .releasing)
        listeners.withLock { listeners in for tell in listeners { tell() } }
        // Outside the lock, as in `Followers`.
        let following = followers.withLock { Array($0.values) }
        for follower in following { follower.yield(head) }
    }
}
