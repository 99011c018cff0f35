import Events
import Forum
import Messaging
import Testkit

/// What the authors of a random history delete, restore, and no longer can restore.
extension GeneratedHistory {
    func deletePost() async throws {
        guard let post = dice.pick(posts), let facts = try forum.post(post)?.post.facts else { return }
        let author = Standing(facts.author)
        let number = 1 + dice.number(below: max(1, facts.revision - 1))
        switch dice.number(below: 6) {
        case 0...1: _ = try await forum.delete(post, by: author, command: command())
        case 2:
            _ = try await forum.restore(post, by: author, command: command()) { _, _ in true }
            _ = try await forum.restore(revision: number, of: post, by: author, command: command()) { _, _ in true }
        case 3...4: _ = try await forum.delete(revision: number, of: post, by: author, command: command())
        default:
            _ = try await forum.completeDeletion(of: post) { _, _ in true }
            _ = try await forum.completeRevisionDeletions(of: post) { _, _ in true }
        }
    }

    /// Deleted texts that no step of the random history brings back.
    func deleteTexts(of author: MemberID, and other: MemberID) async throws {
        let standing = Standing(other)
        let opened = try await forum.openThread(
            in: categories[0], title: ThreadTitle("Borttaget"), body: forum.parse("Ett") { _ in nil }, by: standing,
            command: command())
        _ = try await forum.revise(
            opened.post, from: 1, to: forum.parse("Två") { _ in nil }, by: standing, command: command())
        _ = try await forum.delete(revision: 1, of: opened.post, by: standing, command: command())
        let reply = try await forum.reply(
            to: opened.thread, forum.parse("Hej") { _ in nil }, by: standing, command: command())
        _ = try await forum.delete(reply.post, by: standing, command: command())
        let begun = try await messaging.beginConversation(
            with: [author], reachable: [author], MessageText("Hej"), by: other, command: command())
        guard let message = try messaging.messages(in: begun.conversation).first else { return }
        _ = try await messaging.delete(message.id, in: begun.conversation, by: other, command: command())
    }

    func delete(_ message: ConversationMessage, in conversation: ConversationID) async throws {
        switch dice.number(below: 5) {
        case 0...2:
            _ = try await messaging.delete(message.id, in: conversation, by: message.author, command: command())
        case 3:
            _ = try await messaging.restore(
                message.id, in: conversation, by: message.author, command: command()
            ) { _, _ in true }
        default: _ = try await messaging.completeDeletion(of: message.id, in: conversation) { _, _ in true }
        }
    }
}
