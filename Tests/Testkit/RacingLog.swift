import Dispatch
import Synchronization

@testable package import Events

/// A log whose writer a test can pause, to decide the order of two appends that are decided on the same state.
package final class RacingLog: Sendable {
    package let log: EventLog
    private let disk: Disk

    package init(_ files: LogFiles) throws {
        let disk = Disk()
        log = try EventLog(files, holds: .ofSite, opening: .asUsual, makeDurable: { disk.pass() })
        self.disk = disk
    }

    /// Runs both so that neither sees the other when it decides, and appends what `first` decides before what `second` decides.
    package func race<Value: Sendable>(
        _ first: @escaping @Sendable () async throws -> Void, _ second: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        disk.close()
        // A single append is made durable on the writer's thread, which then waits for the disk.
        let pause = Append(
            command: CommandID(at: .testStart), actor: .system, time: .testStart,
            streams: [
                StreamAppend(StreamName("pause"), expected: .any, encoded: [NewEvent(EventType("test.pause", 1))])
            ])
        async let paused = log.append(pause)
        while !disk.isWaited { await Task.yield() }
        let one = Task { try await first() }
        while log.writer.waiting < 1 { await Task.yield() }
        let other = Task { try await second() }
        while log.writer.waiting < 2 { await Task.yield() }
        disk.open()
        _ = try await paused
        try await one.value
        return try await other.value
    }
}

/// A disk that can be slow: a sync waits until it is open.
private final class Disk: Sendable {
    private let state = Mutex((isOpen: true, isWaited: false))
    private let opened = DispatchSemaphore(value: 0)

    var isWaited: Bool { state.withLock(\.isWaited) }

    func close() { state.withLock { $0 = (isOpen: false, isWaited: false) } }

    func open() {
        let isWaited = state.withLock { state in
            defer { state = (isOpen: true, isWaited: false) }
            return state.isWaited
        }
        if isWaited { opened.signal() }
    }

    func pass() {
        let waits = state.withLock { state in
            state.isWaited = !state.isOpen
            return state.isWaited
        }
        if waits { opened.wait() }
    }
}
