package import Events
import Synchronization

/// The erasures that are not complete yet, for monitoring.
package final class ErasureStatus: Sendable {
    private let fences = Mutex<[Instant]>([])

    /// The number of incomplete erasures.
    package var unfinished: Int { fences.withLock(\.count) }

    /// - Parameter fences: when each incomplete erasure was fenced.
    package func note(unfinished fences: [Instant]) { self.fences.withLock { $0 = fences } }

    /// In seconds; an erasure that takes longer needs a person's attention.
    static let timeout = 3600.0

    /// One line about overdue erasures; nil if there are none. The site keeps serving: fenced data cannot be read.
    package func concern(at now: Instant) -> String? {
        let late = fences.withLock { $0.filter { $0.advanced(seconds: ErasureStatus.timeout) < now } }
        guard let oldest = late.min() else { return nil }
        let erasures = late.count == 1 ? "1 erasure is" : "\(late.count) erasures are"
        return "\(erasures) not complete, the oldest since \(oldest)"
    }
}
