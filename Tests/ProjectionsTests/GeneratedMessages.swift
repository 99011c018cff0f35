import Accounts
import Events
import Messaging
import Testkit

/// The messages of a random history, and what members do with their notifications.
extension GeneratedHistory {
    private var somebody: MemberID { dice.pick(members) ?? MemberID(rawValue: 1) }

    func correspond() async throws {
        let member = somebody
        guard let conversation = dice.pick(conversations), dice.number(below: 4) > 0 else {
            return try await converse(from: member)
        }
        let members = try messaging.conversation(conversation).facts?.members ?? []
        let participant = dice.pick(members) ?? member
        let messages = try messaging.messages(in: conversation)
        switch dice.number(below: 11) {
        case 0...3:
            _ = try await messaging.send(
                MessageText("Svar \(steps)"), in: conversation, by: participant, reachable: reachable,
                command: command())
        case 4:
            let read = ConversationEvent.read(
                conversation, by: participant, through: dice.number(below: messages.count + 1))
            try await appendAsEarlierPrograms(read.encoded(), to: read.stream, by: participant)
        case 5:
            _ = try await messaging.mute(
                conversation, dice.number(below: 2) == 0, by: participant, command: command())
        case 6: _ = try await messaging.leave(conversation, by: participant, command: command())
        case 7:
            guard let message = dice.pick(messages) else { return }
            _ = try await messaging.report(
                message.id, in: conversation, for: dice.pick(MessageReportReason.allCases) ?? .other,
                note: dice.number(below: 2) == 0 ? "" : "Se här \(steps)", by: participant, command: command())
            _ = try await messaging.open(
                message.id, in: conversation, because: .report, by: member, command: command())
        case 8...9: if let message = dice.pick(messages) { try await delete(message, in: conversation) }
        default:
            _ = try await messaging.block(
                somebody, dice.number(below: 3) > 0, by: participant, command: command())
        }
    }

    private func converse(from member: MemberID) async throws {
        let others = (0...dice.number(below: 3)).map { _ in somebody }
        let begun = try await messaging.beginConversation(
            with: others, reachable: try reachable(others), MessageText("Hej \(steps)"), by: member,
            command: command())
        conversations.append(begun.conversation)
    }

    private func reachable(_ members: [MemberID]) throws -> Set<MemberID> {
        Set(try members.filter { try accounts.member($0).active != nil })
    }

    func openAndReadNotifications() async throws {
        let member = somebody
        switch dice.number(below: 4) {
        case 0...1:
            guard let thread = dice.pick(threads), let category = dice.pick(categories) else { return }
            let thing = dice.number(below: 2) == 0 ? WatchedThing.thread(thread) : .category(category)
            try await messaging.watch(thing, dice.number(below: 4) > 0, by: member, command: command())
        case 2:
            try await mark(.opened(dice.number(below: log.head + 1), by: member), by: member)
        default:
            try await mark(.read(through: dice.number(below: log.head + 1), by: member), by: member)
        }
    }

    private func mark(_ event: NotificationEvent, by member: MemberID) async throws {
        let stream = StreamName(Identifier<NotificationListKind>(rawValue: member.rawValue))
        try await appendAsEarlierPrograms(event.encoded(), to: stream, by: member)
    }

    /// What members have read was an event once: such logs give the same views.
    private func appendAsEarlierPrograms(_ event: NewEvent, to stream: StreamName, by member: MemberID) async throws {
        let command = command()
        _ = try await log.append(
            Append(
                command: command, actor: .member(member), time: time.now,
                streams: [StreamAppend(stream, expected: .any, encoded: [event])]))
    }
}
