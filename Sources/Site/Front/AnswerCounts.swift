import Synchronization

/// The number of answers per status class since the site started.
final class AnswerCounts: Sendable {
    private let byClass = Mutex<[Int: Int]>([:])

    func note(status: Int) { byClass.withLock { $0[status / 100, default: 0] += 1 } }

    var counts: [(status: Int, count: Int)] {
        byClass.withLock { $0 }.sorted { $0.key < $1.key }.map { (status: $0.key, count: $0.value) }
    }
}
