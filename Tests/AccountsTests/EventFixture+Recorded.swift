import Testkit

@testable import Events

extension EventFixture {
    /// The event as the log would return it.
    func recorded(in stream: StreamName, of owner: Owner, at time: Instant = .testStart) -> RecordedEvent {
        RecordedEvent(
            position: 1, stream: stream, version: 1, type: type, time: time, actor: .visitor, causation: nil,
            command: CommandID(named: type.description, at: time), clear: ClearPart(stored: clear),
            subject: sealed == nil ? nil : Subject(.identity, createdBy: CommandID(named: "subject", at: time)),
            owner: sealed == nil ? nil : owner, content: sealed.map { .open($0) } ?? .none)
    }
}

extension NewEvent {
    /// The plaintext of the sealed content.
    var plaintext: [UInt8]? { sealed?.plaintext }
}
