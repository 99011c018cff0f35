package import Projections

/// Queries that scan whole tables: run one at a time on a dedicated thread, so that short requests do not wait for them.
package final class SlowReads: Sendable {
    private let views: Views
    private let queue = BoundedQueue("slow reads")

    package init(of views: Views) { self.views = views }

    /// - Throws: `QueueFull` when too many are waiting.
    package func read<Value: Sendable>(_ query: @escaping @Sendable (ViewsSnapshot) throws -> Value) async throws
        -> Value
    {
        try await queue.run { [views] in try views.read(query) }
    }
}
