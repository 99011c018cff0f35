import Dispatch
import Synchronization

/// A serial queue on a dedicated thread, away from the event loops; rejects work when too much is waiting.
package final class BoundedQueue: Sendable {
    static let mostWaiting = 32

    private let queue: DispatchQueue
    private let waiting = Atomic(0)

    package init(_ label: String) { queue = DispatchQueue(label: label) }

    var waitingCount: Int { waiting.load(ordering: .relaxed) }

    /// - Throws: `QueueFull` when too many wait already.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= BoundedQueue.mostWaiting else {
            waiting.wrappingSubtract(1, ordering: .relaxed)
            throw QueueFull()
        }
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// Too many jobs are waiting; the caller can try again later.
package struct QueueFull: Error {}
