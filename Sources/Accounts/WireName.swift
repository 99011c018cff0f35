import Events

/// The wire names of one sort of events, which all begin alike.
protocol WireName: RawRepresentable<String>, CaseIterable, Sendable {
    static var prefix: String { get }
}

extension WireName {
    /// Nil for an event of another sort.
    init?(_ event: RecordedEvent) throws(UnknownAccountEvent) {
        guard event.type.name.hasPrefix(Self.prefix) else { return nil }
        guard let name = Self(rawValue: event.type.name), event.type.schema == 1 else {
            throw UnknownAccountEvent(type: event.type, position: event.position)
        }
        self = name
    }
}

/// Events of a sort that has streams of its own, beside those of members.
protocol NamedEvent: DomainEvent {
    associatedtype Name: WireName
}

extension NamedEvent {
    func event(
        _ name: Name, sealed: SealedPart? = nil, _ write: (inout ClearWriter) -> Void = { _ in }
    ) -> NewEvent {
        NewEvent(EventType(name.rawValue, 1), clear: ClearPart(write), sealed: sealed)
    }
}
