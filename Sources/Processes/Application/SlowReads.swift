package import Projections

/// Reads that look at every row of a table: one at a time on a thread of their own, so that no light request waits for them.
package final class SlowReads: Sendable {
    private let views: Views
    private let queue = BoundedQueue("slow reads")

    package init(of views: Views) { self.views = views }

    /// - Throws: `QueueFull` when too many wait already.
    package func read<Value: Sendable>(_ query: @escaping @Sendable (ViewsSnapshot) throws -> Value) async throws
        -> Value
    {
        try await queue.run { [views] in try views.read(query) }
    }
}
