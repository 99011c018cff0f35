package import Events

/// An event as an audit receives it: decoded once for all invariants, with every sealed part treated as erased, so that a copy of the log
/// without keys gives the same answer.
package struct AuditedEvent: Sendable {
    package let recorded: RecordedEvent
    package let kind: ProjectedEvent.Kind
    /// The member whose stream the event is in.
    package let member: MemberID?

    /// - Throws: when this program does not know the event, or cannot read it.
    package init(_ recorded: RecordedEvent) throws {
        self.recorded = recorded.unopened
        kind = try ProjectedEvent.Kind(self.recorded)
        member = recorded.stream.id()
    }

    var position: Int { recorded.position }
    var time: Instant { recorded.time }
}

extension Actor {
    var member: MemberID? {
        if case .member(let id) = self { id } else { nil }
    }
}
