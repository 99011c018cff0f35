/// The names that events of one sort have in the log, which all begin alike. A name, once written, is never given another meaning.
package protocol WireName: RawRepresentable<String>, CaseIterable, Sendable {
    static var prefix: String { get }
    /// The one that is written now; all earlier ones are still read.
    var schema: Int { get }
}

extension WireName {
    package var schema: Int { 1 }
    package var type: EventType { EventType(rawValue, schema) }

    /// Nil for an event of another sort.
    @inlinable
    package init?(_ event: RecordedEvent) throws(UnreadableEvent) {
        guard event.type.name.hasPrefix(Self.prefix) else { return nil }
        guard let name = Self(rawValue: event.type.name), (1...name.schema).contains(event.type.schema) else {
            throw UnreadableEvent(event)
        }
        self = name
    }
}

/// Events of one sort.
package protocol NamedEvent: DomainEvent {
    associatedtype Name: WireName
}

extension NamedEvent {
    package func event(
        _ name: Name, _ sealed: SealedPart? = nil, _ write: (inout ClearWriter) -> Void = { _ in }
    ) -> NewEvent {
        NewEvent(name.type, clear: ClearPart(write), sealed: sealed)
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
