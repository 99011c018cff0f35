package import Events

extension Messaging {
    /// Asks for a mail that tells a member of something: once for each thing, however often it is asked.
    package func askForMail(
        _ mail: NotificationMail, about position: Int, to member: MemberID, at time: Instant
    ) async throws {
        let command = CommandID(named: "notice mail \(position) \(member)", at: time)
        try await ask(.mailAsked(mail, about: position, to: member), command)
    }

    /// Asks for a member's mail of the day: once a day.
    /// - Parameters:
    ///   - day: as it is in Stockholm.
    ///   - position: up to which the mail tells.
    package func askForDigest(
        of day: CalendarDate, through position: Int, to member: MemberID
    ) async throws {
        let command = CommandID(named: "digest \(day) \(member)", at: day.startInStockholm)
        try await ask(.digestAsked(through: position, to: member), command)
    }

    /// The position up to which the mails of the day have told a member of everything.
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
