import Events
import Foundation
import Messaging
import Processes

extension DemoContent {
    /// A private conversation, as `messages.yaml` has it.
    struct Correspondence: Decodable {
        let with: [String]
        let started: String
        let messages: [Letter]
    }

    struct Letter: Decodable {
        let by: String
        let after: String
        let reported: String?
        let text: String
    }
}

extension DemoCommunity {
    /// Sends a letter through the same commands as the pages.
    func send(_ letter: DemoContent.Letter, _ number: Int, of correspondence: DemoContent.Correspondence) async throws {
        let text = try MessageText(letter.text)
        let members = try correspondence.with.map(member)
        let author = try member(letter.by)
        let name = "message \(number) \(correspondence.started) \(correspondence.with.joined(separator: " "))"
        let first = command("message 0 \(correspondence.started) \(correspondence.with.joined(separator: " "))")
        let conversation = ConversationID(createdBy: first)
        if number == 0 {
            _ = try await application.messaging.beginConversation(
                with: members.filter { $0 != author }, reachable: Set(members), text, by: author, command: first)
        } else {
            _ = try await application.messaging.send(
                text, in: conversation, by: author, reachable: { Set($0) }, command: command(name))
        }
        guard let reason = letter.reported.flatMap(MessageReportReason.init), let reporter = members.last else {
            return
        }
        _ = try await application.messaging.report(
            MessageID(createdBy: number == 0 ? first : command(name)), in: conversation, for: reason, note: "",
            by: reporter, command: command("report \(name)"))
    }

    /// Marks all but the last days' notifications as read: a member who signs in finds a few new ones, not a year of them.
    func readOldNotifications() throws {
        let head = application.log.head
        let recent = clock.now().advanced(seconds: -12 * 86_400)
        let events = try application.log.events(after: max(0, head - 2000), limit: 2000)
        let last = events.last { $0.time < recent }?.position ?? head
        for person in content.people {
            try application.markNotificationsRead(through: last, by: member(person.username))
        }
    }
}
