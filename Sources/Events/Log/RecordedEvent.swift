/// An event as the log holds it, its sealed part opened as far as the keys allow.
/// Handed from one thread to another by the million: one reference, instead of all its parts.
package final class RecordedEvent: Sendable {
    package let position: Int
    package let stream: StreamName
    package let version: Int
    package let type: EventType
    package let time: Instant
    package let actor: Actor
    package let causation: Int?
    package let command: CommandID
    package let clear: ClearPart
    package let subject: Subject?
    package let owner: Owner?
    package let content: SealedContent

    package init(
        position: Int, stream: StreamName, version: Int, type: EventType, time: Instant, actor: Actor, causation: Int?,
        command: CommandID, clear: ClearPart, subject: Subject?, owner: Owner?, content: SealedContent
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.type = type
        self.time = time
        self.actor = actor
        self.causation = causation
        self.command = command
        self.clear = clear
        self.subject = subject
        self.owner = owner
        self.content = content
    }
}

/// What became of an event's sealed part when it was opened. Damage is an error, not a case: it is never shown as erasure.
package enum SealedContent: Sendable, Equatable {
    case none
    case open([UInt8])
    case erased
    /// Read without keys, as auditors do.
    case locked
}

/// A sealed part was asked for where only the log is at hand.
package struct SealedWithoutKeys: Error {
    package let position: Int
}

extension RecordedEvent {
    /// As whoever has no keys reads it and asks for nothing sealed: every sealed part is taken for erased. What an audit finds must not
    /// depend on what it may not know.
    package var unopened: RecordedEvent {
        RecordedEvent(
            position: position, stream: stream, version: version, type: type, time: time, actor: actor,
            causation: causation, command: command, clear: clear, subject: subject, owner: owner,
            content: content == .none ? .none : .erased)
    }

    /// Reads the whole clear part: `read` must ask for every field.
    package func clear<Value>(
        _ read: (inout ClearReader) throws(MalformedEvent) -> Value
    ) throws(MalformedEvent) -> Value {
        try clear.read(read)
    }

    /// Reads the whole sealed part, or says that it is erased.
    package func personal<Value>(
        _ read: (inout SealedReader) throws(MalformedEvent) -> Value
    ) throws -> Personal<Value> {
        switch content {
        case .open(let bytes):
            var reader = try SealedReader(bytes)
            let value = try read(&reader)
            try reader.json.finish()
            return .known(value)
        case .erased: return .erased
        case .locked: throw SealedWithoutKeys(position: position)
        case .none: throw MalformedEvent(reason: "no sealed part", offset: 0)
        }
    }
}
