import Events
import Synchronization

/// What is still to be done of the erasures, for whoever watches over the site.
final class ErasureStatus: Sendable {
    private let count = Atomic(0)

    /// How many are not complete.
    var unfinished: Int { count.load(ordering: .relaxed) }

    func note(unfinished: Int) { count.store(unfinished, ordering: .relaxed) }
}
