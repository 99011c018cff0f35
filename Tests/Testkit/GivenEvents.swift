package import Events

extension EventSourced {
    /// The state after these events, each at its own time: the input of a decider.
    package static func given(_ events: [(event: Event, time: Instant)]) -> Self {
        var state = Self.initial
        for (event, time) in events { state.evolve(event, at: time) }
        return state
    }

    /// The state after these events, all at one time.
    package static func given(_ events: [Event], at time: Instant = .testStart) -> Self { given(events.at(time)) }

    package static func given(_ events: Event..., at time: Instant = .testStart) -> Self { given(events.at(time)) }

    package mutating func evolve(_ events: Event..., at time: Instant = .testStart) { evolve(events, at: time) }

    package mutating func evolve(_ events: [Event], at time: Instant = .testStart) {
        for event in events { evolve(event, at: time) }
    }
}

extension Array where Element: DomainEvent {
    package func at(_ time: Instant) -> [(event: Element, time: Instant)] { map { ($0, time) } }
}
