import Foundation
import Synchronization

/// Work on a separate thread, so that it blocks no request; cancelled with the task that waits for it.
package final class LongWork: Sendable {
    private let isCancelled = Atomic(false)

    /// - Throws: `CancellationError` once the waiting task is cancelled.
    package func checkCancellation() throws {
        if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
    }

    /// - Parameter name: of the thread, for process listings.
    package static func run<Value: Sendable>(
        _ name: String, _ body: @escaping @Sendable (LongWork) throws -> Value
    ) async throws -> Value {
        let work = LongWork()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                let thread = Thread { continuation.resume(with: Result { try body(work) }) }
                thread.name = name
                thread.start()
            }
        } onCancel: {
            work.isCancelled.store(true, ordering: .relaxed)
        }
    }
}
