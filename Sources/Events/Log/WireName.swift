/// The wire names of one kind of event, which share a prefix. A name, once written, never changes its meaning.
package protocol WireName: RawRepresentable<String>, CaseIterable, Sendable {
    static var prefix: String { get }
    /// The schema version that is written now; all earlier ones are still read.
    var schema: Int { get }
    /// Whether the name belongs to another kind of event with the same prefix.
    static func isElsewhere(_ name: String) -> Bool
}

extension WireName {
    package var schema: Int { 1 }
    package var type: EventType { EventType(rawValue, schema) }
    package static func isElsewhere(_ name: String) -> Bool { false }

    /// Nil for another kind of event.
    package init?(_ event: RecordedEvent) throws(UnreadableEvent) {
        guard event.type.name.hasPrefix(Self.prefix) else { return nil }
        guard let name = Self(rawValue: event.type.name) else {
            if Self.isElsewhere(event.type.name) { return nil }
            throw UnreadableEvent(event)
        }
        guard (1...name.schema).contains(event.type.schema) else { throw UnreadableEvent(event) }
        self = name
    }
}

/// Events of one kind, written to and read from the wire in one exhaustive switch each.
package protocol NamedEvent: DomainEvent {
    associatedtype Name: WireName

    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    init(_ name: Name, _ event: RecordedEvent) throws
}

extension NamedEvent {
    /// Types that are decoded for every event of the log repeat this: the generic version is not specialised across modules, and costs 50
    /// ns more.
    package static func decode(_ event: RecordedEvent) throws -> Self? {
        guard let name = try Name(event) else { return nil }
        return try Self(name, event)
    }

    /// An event without sealed fields.
    package func event(_ name: Name, _ write: (inout ClearWriter) -> Void = { _ in }) -> NewEvent {
        NewEvent(name.type, clear: ClearPart(write))
    }

    package func event(_ name: Name, _ record: some ClearRecord) -> NewEvent {
        NewEvent(name.type, clear: ClearPart(record))
    }

    package func event<Value>(_ name: Name, _ field: ClearField<Value>, _ value: Value) -> NewEvent {
        event(name) { $0.write(field, value) }
    }

    package func event(
        _ name: Name, sealing part: SealedPart?, _ write: (inout ClearWriter) -> Void = { _ in }
    ) -> NewEvent {
        NewEvent(name.type, clear: ClearPart(write), sealed: part)
    }

    package func event(_ name: Name, sealing part: SealedPart?, _ record: some ClearRecord) -> NewEvent {
        NewEvent(name.type, clear: ClearPart(record), sealed: part)
    }
}

/// An event whose name belongs to this program, but which it cannot read.
package struct UnreadableEvent: Error, Hashable, CustomStringConvertible {
    package let type: EventType
    package let position: Int

    package init(_ event: RecordedEvent) {
        type = event.type
        position = event.position
    }

    package var description: String {
        "the event at position \(position) is a \(type), which this program does not know"
    }
}
