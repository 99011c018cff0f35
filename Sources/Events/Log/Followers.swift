import Synchronization

/// Notifies any number of subscribers that something has happened.
package final class Followers: Sendable {
    private let waiting = Mutex<[Int: AsyncStream<Void>.Continuation]?>([:])
    private let count = Atomic(0)

    package init() {}

    /// Yields once at the start and after each notification; notifications not yet consumed are merged into one.
    package func follow() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = count.add(1, ordering: .relaxed).newValue
            continuation.onTermination = { [weak self] _ in _ = self?.waiting.withLock { $0?.removeValue(forKey: id) } }
            let isOpen = waiting.withLock { waiting in
                waiting?[id] = continuation
                return waiting != nil
            }
            continuation.yield()
            if !isOpen { continuation.finish() }
        }
    }

    /// Notifies the subscribers outside the lock: one that is being cancelled holds what `yield` waits for, and waits for the lock in
    /// `onTermination`.
    package func tell() {
        let following = waiting.withLock { Array(($0 ?? [:]).values) }
        for follower in following { follower.yield() }
    }

    package func finish() {
        // Finishing calls `onTermination`, which takes the lock again.
        let last = waiting.withLock { waiting in
            defer { waiting = nil }
            return Array((waiting ?? [:]).values)
        }
        for follower in last { follower.finish() }
    }
}
