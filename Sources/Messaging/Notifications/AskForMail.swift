package import Events

extension Messaging {
    /// Requests a notification mail to a member, once per event.
    package func askForMail(
        _ mail: NotificationMail, about position: Int, to member: MemberID, at time: Instant
    ) async throws {
        let command = CommandID(named: "notice mail \(position) \(member)", at: time)
        try await ask(.mailAsked(mail, about: position, to: member), command)
    }

    /// Requests a member's daily digest, once a day.
    /// - Parameters:
    ///   - day: the day in Stockholm.
    ///   - position: the log position up to which the digest covers events.
    package func askForDigest(
        of day: CalendarDate, through position: Int, to member: MemberID
    ) async throws {
        let command = CommandID(named: "digest \(day) \(member)", at: day.startInStockholm)
        try await ask(.digestAsked(through: position, to: member), command)
    }

    /// The log position up to which digests have covered a member's notifications.
    package func digestThrough(of member: MemberID) throws -> Int {
        try log.state(of: NotificationList.stream(of: member), as: NotificationList.self).state.digestThrough
    }

    private func ask(_ event: NotificationEvent, _ command: CommandID) async throws {
        let stream = NotificationList.stream(of: event.member)
        try await execute(command, by: .system) { reading, _ in
            let _: NotificationList = try reading.state(of: stream)
            return [Decided(event, in: stream)]
        }
    }
}
