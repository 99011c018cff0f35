package import Events

extension EventSourced {
    /// The state after these events: what a decider is given.
    package static func given(_ events: [Event]) -> Self {
        var state = Self.initial
        for event in events { state.evolve(event) }
        return state
    }

    package static func given(_ events: Event...) -> Self { given(events) }
}
