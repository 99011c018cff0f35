import Synchronization

/// Set at shutdown: mail not yet sent is abandoned, mail being sent gets five more seconds.
final class ShutdownDeadline: Sendable {
    /// Time left for the relay's answer after a whole mail was sent.
    private static let moment = Duration.seconds(5)

    private let began = Mutex<ContinuousClock.Instant?>(nil)

    func begin() { began.withLock { $0 = $0 ?? .now } }

    func isOver(afterAMoment: Bool) -> Bool {
        guard let began = began.withLock({ $0 }) else { return false }
        return !afterAMoment || began + ShutdownDeadline.moment <= .now
    }
}
