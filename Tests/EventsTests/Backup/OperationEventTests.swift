import Testing
import Testkit

@testable import Events

/// The events of `Fixtures/events/operation.*`, which must stay readable for ever.
@Suite struct `Events of operation` {
    private static let written: [NewEvent] = [
        BackupBegun(id: BackupID(rawValue: 1), head: 4711).encoded(),
        KeysRotated(epoch: 2).encoded(), KeyEpochDestroyed(epoch: 1).encoded(), KeysBackedUp(epoch: 2).encoded(),
        LogContinued(
            id: ContinuationID(rawValue: 2), lastKnown: 4800, root: TextHash(of: "root"), lostFrom: 4712
        ).encoded(),
    ]

    private func recorded(_ event: NewEvent, _ clear: [UInt8]) -> RecordedEvent {
        RecordedEvent(
            position: 1, stream: StreamName("test"), version: 1, type: event.type, time: .testStart, actor: .operator,
            causation: nil, command: CommandID(at: .testStart), clear: ClearPart(stored: clear), subject: nil,
            owner: nil, content: .none)
    }

    @Test(arguments: written.indices) func `are written byte for byte as their fixtures`(index: Int) throws {
        let event = Self.written[index]
        let clear = try EventFixture(event.type).clear
        #expect(clear == event.clear.bytes)
        let read = recorded(event, clear)
        let decoded = [
            try BackupBegun(read)?.encoded(), try KeysRotated(read)?.encoded(), try KeyEpochDestroyed(read)?.encoded(),
            try LogContinued(read)?.encoded(), try KeysBackedUp(read)?.encoded(),
        ]
        #expect(decoded.compactMap(\.self) == [event])
    }

    @Test func `have a fixture each, and no others are there`() throws {
        #expect(try Set(EventFixture.all(of: "operation.").map(\.type)) == Set(Self.written.map(\.type)))
    }
}
