package import Events
import Foundation

/// A data directory for one test, removed when the object is deinitialised.
package final class TemporarySite: Sendable {
    package let files: LogFiles
    package let verifierKey: VerifierKey

    package init(at time: Instant = .testStart) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "mikroforetag-\(UUID().uuidString)")
        files = LogFiles(data: directory)
        verifierKey = try EventLog.create(files, at: time)
    }

    deinit { try? FileManager.default.removeItem(at: files.data) }

    /// Opens the log, runs `body`, then closes the log.
    @discardableResult
    package func withLog<Value>(_ body: (EventLog) async throws -> Value) async throws -> Value {
        let log = try EventLog(files)
        return try await closing(with: log.close) { try await body(log) }
    }
}

extension Instant {
    /// A Tuesday in spring, noon in Stockholm.
    package static let testStart = Instant(milliseconds: 1_773_140_400_000)
}

/// A clock that stands still until a test moves it.
package final class TestClock: Sendable {
    private let time: Guarded<Instant>

    package init(_ start: Instant = .testStart) { time = Guarded(start) }

    package var clock: Events.Clock { Events.Clock { self.time.value } }

    package var now: Instant { time.value }

    package func set(_ instant: Instant) { time.update { $0 = instant } }
    package func advance(seconds: Double) { time.update { $0 = $0.advanced(seconds: seconds) } }
    package func advance(by period: Period) { time.update { $0 = $0.adding(period) } }
}
