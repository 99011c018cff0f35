package import Events
import Synchronization

/// What is still to be done of the erasures, for whoever watches over the site.
package final class ErasureStatus: Sendable {
    private let fences = Mutex<[Instant]>([])

    /// How many are not complete.
    package var unfinished: Int { fences.withLock(\.count) }

    /// - Parameter fences: when each that is not complete was fenced.
    package func note(unfinished fences: [Instant]) { self.fences.withLock { $0 = fences } }

    /// After so long somebody should look what stands in the way.
    static let timeout = 3600.0

    /// One line about what takes too long; nil while nothing does. The site serves all the same: nobody can read what is fenced.
    package func concern(at now: Instant) -> String? {
        let late = fences.withLock { $0.filter { $0.advanced(seconds: ErasureStatus.timeout) < now } }
        guard let oldest = late.min() else { return nil }
        let erasures = late.count == 1 ? "1 erasure is" : "\(late.count) erasures are"
        return "\(erasures) not complete, the oldest since \(oldest)"
    }
}
