import Projections

/// Reads that look at every row of a table: one at a time on a thread of their own, so that no light request waits for them.
final class SlowReads: Sendable {
    private let views: Views
    private let queue = BoundedQueue("slow reads")

    init(of views: Views) { self.views = views }

    /// - Throws: `unavailable` when too many wait already.
    func read<Value: Sendable>(_ query: @escaping @Sendable (ViewsSnapshot) throws -> Value) async throws -> Value {
        try await queue.run { [views] in try views.read(query) }
    }
}
