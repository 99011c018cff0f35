import Events
import Synchronization

/// The signed head of the log for public requests; it is signed at most once a second and only when the log has grown, because signing
/// writes a file.
final class PublishedCheckpoint: Sendable {
    private let log: EventLog
    private let last = Mutex<(checkpoint: SignedCheckpoint, signed: Instant)?>(nil)

    init(of log: EventLog) { self.log = log }

    func newest(at now: Instant) async throws -> SignedCheckpoint {
        if let last = last.withLock({ $0 }) {
            let isFresh = now.milliseconds - last.signed.milliseconds < 1000
            if isFresh || last.checkpoint.checkpoint.size == log.head { return last.checkpoint }
        }
        let checkpoint = try await log.checkpoint()
        return last.withLock { last in
            // Of two concurrent signatures, keep the one that covers more.
            if let last, last.checkpoint.checkpoint.size > checkpoint.checkpoint.size { return last.checkpoint }
            last = (checkpoint, now)
            return checkpoint
        }
    }
}
