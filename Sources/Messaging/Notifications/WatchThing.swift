package import Events

/// The part of a member's notification stream that decisions need.
struct NotificationList: EventSourced {
    static let initial = NotificationList()

    /// The position up to which all notifications are read.
    var readThrough = 0
    /// The position up to which digests have been requested.
    var digestThrough = 0

    static func stream(of member: MemberID) -> StreamName {
        StreamName(Identifier<NotificationListKind>(rawValue: member.rawValue))
    }

    mutating func evolve(_ event: NotificationEvent, at _: Instant) {
        switch event {
        case .read(let position, by: _): readThrough = max(readThrough, position)
        case .digestAsked(let position, to: _): digestThrough = max(digestThrough, position)
        case .watched, .unwatched, .opened, .mailAsked: break
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
        try await append(isWatched ? .watched(thing, by: member) : .unwatched(thing, by: member), command)
    }

    /// Records that the member opened a notification's link.
    package func openNotification(_ position: Int, by member: MemberID, command: CommandID) async throws -> Appended {
        try await append(.opened(position, by: member), command)
    }

    /// Records that all notifications up to a position were seen.
    @discardableResult
    package func readNotifications(through position: Int, by member: MemberID, command: CommandID) async throws
        -> Appended
    {
        try await append(.read(through: position, by: member), command)
    }

    private func append(_ event: NotificationEvent, _ command: CommandID) async throws -> Appended {
        let stream = NotificationList.stream(of: event.member)
        return try await execute(command, by: .member(event.member)) { reading, _ in
            let list: NotificationList = try reading.state(of: stream)
            switch event {
            case .read(let position, by: _) where position <= list.readThrough: return []
            case .read, .opened, .watched, .unwatched, .mailAsked, .digestAsked: return [Decided(event, in: stream)]
            }
        }
    }
}
