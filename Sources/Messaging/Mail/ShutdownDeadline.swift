import Synchronization

/// That whoever sends a mail is about to stop and waits for nobody any more.
final class ShutdownDeadline: Sendable {
    /// What a relay still gets for its answer when the whole mail was sent.
    private static let moment = Duration.seconds(5)

    private let began = Mutex<ContinuousClock.Instant?>(nil)

    func begin() { began.withLock { $0 = $0 ?? .now } }

    func isOver(afterAMoment: Bool) -> Bool {
        guard let began = began.withLock({ $0 }) else { return false }
        return !afterAMoment || began + ShutdownDeadline.moment <= .now
    }
}
