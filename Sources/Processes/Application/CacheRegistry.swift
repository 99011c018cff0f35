import Synchronization

/// All in-memory caches of pages and members, so that an erasure can empty them at once.
package final class CacheRegistry: Sendable {
    private let stores = Mutex<[@Sendable (Int) -> Void]>([])

    /// - Parameter forget: drops everything derived from the views before a position, and accepts no more of it.
    package func add(_ forget: @escaping @Sendable (Int) -> Void) { stores.withLock { $0.append(forget) } }

    package func forget(before position: Int) {
        for forget in stores.withLock({ $0 }) { forget(position) }
    }
}
