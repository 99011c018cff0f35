package import Events

/// The part of a member's notification stream that decisions need.
struct NotificationList: EventSourced {
    static let initial = NotificationList()

    /// The position up to which digests have been requested.
    var digestThrough = 0

    static func stream(of member: MemberID) -> StreamName {
        StreamName(Identifier<NotificationListKind>(rawValue: member.rawValue))
    }

    mutating func evolve(_ event: NotificationEvent, at _: Instant) {
        switch event {
        case .digestAsked(let position, to: _): digestThrough = max(digestThrough, position)
        case .watched, .unwatched, .opened, .read, .mailAsked: break
        }
    }
}

extension Messaging {
    /// Follows or unfollows a thread or category.
    ///
    /// Appends even if nothing changes: closing an account ends all follows without an event (P-16.5).
    @discardableResult
    package func watch(
        _ thing: WatchedThing, _ isWatched: Bool, by member: MemberID, command: CommandID
    ) async throws -> Appended {
        let event: NotificationEvent = isWatched ? .watched(thing, by: member) : .unwatched(thing, by: member)
        let stream = NotificationList.stream(of: member)
        return try await execute(command, by: .member(member)) { reading, _ in
            let _: NotificationList = try reading.state(of: stream)
            return [Decided(event, in: stream)]
        }
    }
}
