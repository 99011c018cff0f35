/// The explicit name of an event on the wire and the version of its schema. Never derived from a type's name.
package struct EventType: Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package let schema: Int

    package init(_ name: String, _ schema: Int) {
        self.name = name
        self.schema = schema
    }

    package var description: String { "\(name).v\(schema)" }
}

/// An event to be appended to the log.
package struct NewEvent: Hashable, Sendable {
    package let type: EventType
    package let clear: ClearPart
    package let sealed: SealedPart?

    package init(_ type: EventType, clear: ClearPart = ClearPart(), sealed: SealedPart? = nil) {
        self.type = type
        self.clear = clear
        self.sealed = sealed
    }
}

/// The events of one module, written to and read from the wire in one exhaustive switch each.
package protocol DomainEvent: Sendable {
    func encoded() -> NewEvent

    /// Nil when the event belongs to another module. Old schemas are upcast here.
    /// - Throws: `MalformedEvent`, `SealedWithoutKeys`.
    static func decode(_ event: RecordedEvent) throws -> Self?
}

/// A state folded from the events of one stream.
package protocol EventSourced: Sendable {
    associatedtype Event: DomainEvent
    static var initial: Self { get }

    /// Total: no event is refused.
    /// - Parameter time: when the event was appended.
    mutating func evolve(_ event: Event, at time: Instant)
}

extension EventSourced {
    /// Applies an event from the log; ignores an event of another module.
    /// - Throws: what `Event.decode` throws.
    package mutating func evolve(_ recorded: RecordedEvent) throws {
        if let event = try Event.decode(recorded) { evolve(event, at: recorded.time) }
    }
}
