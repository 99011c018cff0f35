package import Events

extension AuditTrail {
    package struct Filter: Sendable {
        package var member: MemberID?
        /// The beginning of an event type: `accounts.` or `forum.post-published`.
        package var type: String?
        /// Names of event types; one of them must match.
        package var types: [String]?
        package var actor: ActorKind?
        package var stream: String?
        package var from: Instant?
        package var until: Instant?
        /// The reader; what others do in the reader's own matters is left out (P-08.2).
        package var reader: MemberID?

        package init(
            member: MemberID? = nil, type: String? = nil, types: [String]? = nil, actor: ActorKind? = nil,
            stream: String? = nil, from: Instant? = nil, until: Instant? = nil, reader: MemberID? = nil
        ) {
            self.member = member
            self.type = type
            self.types = types
            self.actor = actor
            self.stream = stream
            self.from = from
            self.until = until
            self.reader = reader
        }
    }

    /// The kind of actor, without the person.
    package enum ActorKind: String, CaseIterable, Sendable {
        case member, visitor, `operator`, system
    }
}
