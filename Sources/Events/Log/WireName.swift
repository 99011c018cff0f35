/// The names that events of one sort have in the log, which all begin alike. A name, once written, is never given another meaning.
package protocol WireName: RawRepresentable<String>, CaseIterable, Sendable {
    static var prefix: String { get }
    /// The one that is written now; all earlier ones are still read.
    var schema: Int { get }
    /// Whether events of another sort, whose names have the same prefix, have this one.
    static func isElsewhere(_ name: String) -> Bool
}

extension WireName {
    package var schema: Int { 1 }
    package var type: EventType { EventType(rawValue, schema) }
    package static func isElsewhere(_ name: String) -> Bool { false }

    /// Nil for an event of another sort.
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

/// Events of one sort, written to and read from the wire in one exhaustive switch each.
package protocol NamedEvent: DomainEvent {
    associatedtype Name: WireName

    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    init(_ name: Name, _ event: RecordedEvent) throws
}

extension NamedEvent {
    /// Types that are decoded for every event of the log repeat this: it is not specialized across modules, and costs 50 ns more.
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

/// An event that bears a name of this program's, but is none that it can read.
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
