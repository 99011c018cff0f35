/// An event as recorded in the log, its sealed part opened if the key is available. A class, because millions are passed between threads:
/// one reference instead of all the fields.
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

/// The result of opening an event's sealed part. Damage is an error, not a case: it is never presented as erasure.
package enum SealedContent: Sendable, Equatable {
    case none
    case open([UInt8])
    case erased
    /// Read without keys, as auditors do.
    case locked
}

/// A sealed part was requested from an event that was read without keys.
package struct SealedWithoutKeys: Error {
    package let position: Int
}

extension RecordedEvent {
    /// The event as code without keys reads it: every sealed part counts as erased. An audit's findings must not depend on data that it
    /// may not know.
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

    /// Reads the whole clear part as the fields of a record.
    package func clear<Record: ClearRecord>(_ type: Record.Type = Record.self) throws(MalformedEvent) -> Record {
        try clear.read()
    }

    /// Reads a clear part of one field.
    package func clear<Value>(_ field: ClearField<Value>) throws(MalformedEvent) -> Value {
        try clear.read { (fields) throws(MalformedEvent) in try fields.read(field) }
    }

    /// Reads a clear part of two fields.
    package func clear<A, B>(_ a: ClearField<A>, _ b: ClearField<B>) throws(MalformedEvent) -> (A, B) {
        try clear.read { (fields) throws(MalformedEvent) in (try fields.read(a), try fields.read(b)) }
    }

    /// Reads a clear part of three fields.
    package func clear<A, B, C>(
        _ a: ClearField<A>, _ b: ClearField<B>, _ c: ClearField<C>
    ) throws(MalformedEvent) -> (A, B, C) {
        try clear.read { (fields) throws(MalformedEvent) in
            (try fields.read(a), try fields.read(b), try fields.read(c))
        }
    }

    /// Checks that the clear part has no field.
    package func nothingClear() throws(MalformedEvent) { try clear.read { (_) throws(MalformedEvent) in } }

    /// Returns the event that is decoded from a name alone, after checking that there is no clear field.
    package func bare<Event>(_ event: Event) throws(MalformedEvent) -> Event {
        try nothingClear()
        return event
    }

    /// The id in the name of the event's stream.
    /// - Throws: `UnreadableEvent` when the stream is of another kind.
    package func id<Kind>() throws(UnreadableEvent) -> Identifier<Kind> {
        guard let id: Identifier<Kind> = stream.id() else { throw UnreadableEvent(self) }
        return id
    }

    /// The id in the name of the event's stream, for an event without clear fields.
    package func onlyID<Kind>() throws -> Identifier<Kind> {
        try nothingClear()
        return try id()
    }
}
