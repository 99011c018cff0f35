import Dispatch
import GRDB
import Projections
import Synchronization

/// Reads that look at every row of a table: one at a time on a thread of their own, so that no light request waits for them.
final class SlowReads: Sendable {
    private let views: Views
    private let queue = DispatchQueue(label: "slow reads")
    private let waiting = Atomic(0)
    private static let mostWaiting = 32

    init(of views: Views) { self.views = views }

    /// - Throws: `unavailable` when too many wait already.
    func read<Value: Sendable>(_ query: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= SlowReads.mostWaiting else {
            waiting.wrappingSubtract(1, ordering: .relaxed)
            throw PageError.unavailable
        }
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [views] in continuation.resume(with: Result { try views.read(query) }) }
        }
    }
}
