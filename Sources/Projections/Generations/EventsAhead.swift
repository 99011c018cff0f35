import Events
import Foundation
import Synchronization

/// Reads, opens, decodes and renders events on other threads, some batches ahead of the caller that applies them in order.
///
/// An event read ahead may be erased before it is applied; the erasure's event comes later in the log and removes its rows again.
struct EventsAhead {
    private let log: EventLog
    private let through: Int
    private static let batch = 500
    private static let batchesAhead = 4
    private static let queue = DispatchQueue(label: "events ahead", attributes: .concurrent)

    init(_ log: EventLog, through position: Int) {
        self.log = log
        through = position
    }

    /// Passes every event from the first to `through`, in order.
    func forEachBatch(_ take: ([ProjectedEvent]) throws -> Void) throws {
        var position = 0
        var waiting: [Batch] = []
        defer { for batch in waiting { _ = try? batch.events() } }
        while true {
            while waiting.count < EventsAhead.batchesAhead, position < through {
                let limit = min(EventsAhead.batch, through - position)
                waiting.append(prepare(after: position, limit: limit))
                position += limit
            }
            guard !waiting.isEmpty else { return }
            let batch = waiting.removeFirst()
            try take(batch.events())
            // Freeing a batch takes time as well.
            EventsAhead.queue.async { batch.forget() }
        }
    }

    private func prepare(after position: Int, limit: Int) -> Batch {
        let batch = Batch()
        EventsAhead.queue.async { [log] in
            batch.finish(
                Result {
                    try log.events(after: position, limit: limit).map { try ProjectedEvent($0, from: log) }
                })
        }
        return batch
    }

    /// A batch that another thread is preparing.
    private final class Batch: Sendable {
        private let result = Mutex<Result<[ProjectedEvent], any Error>?>(nil)
        private let isReady = DispatchSemaphore(value: 0)

        func finish(_ events: Result<[ProjectedEvent], any Error>) {
            result.withLock { $0 = events }
            isReady.signal()
        }

        func forget() { result.withLock { $0 = nil } }

        /// Waits until the batch is ready. May be called once.
        func events() throws -> [ProjectedEvent] {
            isReady.wait()
            return try result.withLock { $0 }?.get() ?? []
        }
    }
}
