import Foundation
import Synchronization

/// The one thread that writes the log. Whatever waits when it comes round shares one transaction (group commit),
/// each append in a savepoint of its own, so that one member's conflict never fails another's.
final class LogWriter: Sendable {
    private enum Job: Sendable {
        case append(Append, CheckedContinuation<Appended, any Error>)
        case checkpoint(CheckedContinuation<SignedCheckpoint, any Error>)
        case moveClaims([HeldClaim], CheckedContinuation<Void, any Error>)
        case settle([Erasure], CheckedContinuation<Void, any Error>)
        case subjects(Owner, CheckedContinuation<[Subject], any Error>)
        case emptyWriteAheadLogs(CheckedContinuation<[ErasureCompleted.File], any Error>)
        case close(CheckedContinuation<Void, Never>)
    }

    private struct Queue {
        var jobs: [Job] = []
        var isClosed = false
    }

    private let queue = Mutex(Queue())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let published: Atomic<Int>
    private let committed = Atomic(0)
    private let followers = Mutex<[UUID: AsyncStream<Int>.Continuation]>([:])
    private static let largestGroup = 512

    /// Starts the thread; returns when the log is open and vault and log agree.
    init(files: LogFiles, identity: LogIdentity, vault: Vault, keyring: Keyring) throws {
        let started = Mutex<Result<Int, any Error>?>(nil)
        let ready = DispatchSemaphore(value: 0)
        published = Atomic(0)
        let thread = Thread { [self] in
            do {
                let closing = try run(WriterSession(files: files, identity: identity, vault: vault, keyring: keyring)) {
                    head in
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
        published.store(try result?.get() ?? 0, ordering: .releasing)
    }

    /// How many transactions the appends have shared.
    var transactions: Int { committed.load(ordering: .relaxed) }

    var head: Int { published.load(ordering: .acquiring) }

    func heads() -> AsyncStream<Int> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = UUID()
            continuation.onTermination = { [weak self] _ in _ = self?.followers.withLock { $0.removeValue(forKey: id) }
            }
            followers.withLock { $0[id] = continuation }
            continuation.yield(head)
        }
    }

    func perform(_ append: Append) async throws -> Appended {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(.append(append, continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    func checkpoint() async throws -> SignedCheckpoint {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(.checkpoint(continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    /// Those of an owner whose keys are not destroyed.
    func subjects(of owner: Owner) async throws -> [Subject] {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(.subjects(owner, continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    /// The ledger and the vault have taken in fences when this returns.
    func settle(_ erasures: [Erasure]) async throws {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(.settle(erasures, continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    func emptyWriteAheadLogs() async throws -> [ErasureCompleted.File] {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(.emptyWriteAheadLogs(continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    /// Puts claims that stand under an older hash key under the newest.
    func moveClaims(_ claims: [HeldClaim]) async throws {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(.moveClaims(claims, continuation)) { continuation.resume(throwing: AppendFailure.closed) }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            enqueue(.close(continuation)) { continuation.resume() }
        }
    }

    private func enqueue(_ job: Job, otherwise refuse: () -> Void) {
        let (isAccepted, isFirst) = queue.withLock { queue in
            guard !queue.isClosed else { return (false, false) }
            queue.jobs.append(job)
            return (true, queue.jobs.count == 1)
        }
        guard isAccepted else { return refuse() }
        if isFirst { wakeUp.signal() }
    }

    /// Works until the log is closed. The session, and with it the file, is let go of before whoever closed it goes on.
    private func run(_ session: WriterSession, isReady: (Int) -> Void) -> CheckedContinuation<Void, Never> {
        isReady(session.head)
        var last = Group()
        // The queue tells once when it ceases to be empty.
        var isEmptied = true
        while true {
            if isEmptied { wakeUp.wait() }
            gather(after: last)
            let jobs = queue.withLock { queue in
                let jobs = Array(queue.jobs.prefix(LogWriter.largestGroup))
                queue.jobs.removeFirst(jobs.count)
                isEmptied = queue.jobs.isEmpty
                return jobs
            }
            let start = ContinuousClock.now
            if let closing = perform(jobs, in: session) { return closing }
            last = Group(count: jobs.count, duration: start.duration(to: .now))
        }
    }

    /// What shared the last transaction, and how long that took.
    private struct Group {
        var count = 0
        var duration = Duration.zero
    }

    /// Lets those who were answered together come back, so that they share a transaction with those who wait already.
    /// Lasts no longer than half the time of the last transaction, and not at all for one who comes alone.
    private func gather(after last: Group) {
        guard last.count > 1 else { return }
        let deadline = ContinuousClock.now.advanced(by: min(last.duration / 2, .microseconds(200)))
        let expected = min(queue.withLock(\.jobs.count) + last.count, LogWriter.largestGroup)
        while queue.withLock({ $0.jobs.count < expected }), ContinuousClock.now < deadline { sched_yield() }
    }

    /// - Returns: whoever closed the log, if somebody did.
    private func perform(_ batch: [Job], in session: WriterSession) -> CheckedContinuation<Void, Never>? {
        let appends = batch.compactMap { job -> (Append, CheckedContinuation<Appended, any Error>)? in
            if case .append(let append, let continuation) = job { (append, continuation) } else { nil }
        }
        if !appends.isEmpty {
            let results = session.commit(appends.map(\.0))
            committed.add(1, ordering: .relaxed)
            announce(session.head)
            for ((_, continuation), result) in zip(appends, results) { continuation.resume(with: result) }
        }
        for job in batch {
            switch job {
            case .append: continue
            case .checkpoint(let continuation): continuation.resume(with: Result { try session.signCheckpoint() })
            case .moveClaims(let claims, let continuation):
                continuation.resume(with: Result { try session.moveClaims(claims) })
            case .subjects(let owner, let continuation):
                continuation.resume(with: Result { try session.subjects(of: owner) })
            case .settle(let erasures, let continuation):
                continuation.resume(with: Result { try session.settle(erasures) })
            case .emptyWriteAheadLogs(let continuation):
                continuation.resume(with: Result { try session.emptyWriteAheadLogs() })
            case .close(let continuation):
                let late = queue.withLock { queue in
                    queue.isClosed = true
                    defer { queue.jobs = [] }
                    return queue.jobs
                }
                session.close()
                // Finishing calls `onTermination`, which takes the lock again.
                let last = followers.withLock { followers in
                    defer { followers = [:] }
                    return Array(followers.values)
                }
                for follower in last { follower.finish() }
                refuse(late)
                return continuation
            }
        }
        return nil
    }

    private func refuse(_ jobs: [Job]) {
        for job in jobs {
            switch job {
            case .append(_, let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .checkpoint(let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .moveClaims(_, let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .subjects(_, let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .settle(_, let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .emptyWriteAheadLogs(let continuation): continuation.resume(throwing: AppendFailure.closed)
            case .close(let continuation): continuation.resume()
            }
        }
    }

    private func announce(_ head: Int) {
        guard head > published.load(ordering: .acquiring) else { return }
        published.store(head, ordering: .releasing)
        followers.withLock { followers in for follower in followers.values { follower.yield(head) } }
    }
}
