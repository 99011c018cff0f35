import Synchronization

/// What the process keeps in memory of pages and people, so that an erasure empties all of it at once.
package final class CacheRegistry: Sendable {
    private let stores = Mutex<[@Sendable (Int) -> Void]>([])

    /// - Parameter forget: lets go of everything that was made of the views before a position, and takes in no more of it.
    package func add(_ forget: @escaping @Sendable (Int) -> Void) { stores.withLock { $0.append(forget) } }

    package func forget(before position: Int) {
        for forget in stores.withLock({ $0 }) { forget(position) }
    }
}
