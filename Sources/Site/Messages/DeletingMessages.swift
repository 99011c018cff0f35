import Events
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    /// Hides a message of the reader's own; it is erased when she can no longer undo that (P-06.3).
    func erase(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (message, conversation) = try ownMessage(context)
        let member = try context.requireMember().id
        let command = try context.command()
        let place = SiteLink.conversation(conversation, page: nil, message: message)
        return try await application.execute(context, then: { place }, fallback: place) {
            try await application.messaging.delete(message, in: conversation, by: member, command: command)
        }
    }

    func restore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (message, conversation) = try ownMessage(context)
        let member = try context.requireMember().id
        let command = try context.command()
        let isUndoable = try application.deletionIsUndoable()
        let place = SiteLink.conversation(conversation, page: nil, message: message)
        return try await application.execute(context, then: { place }, fallback: place) {
            try await application.messaging.restore(
                message, in: conversation, by: member, command: command, when: isUndoable)
        }
    }

    /// The message in the path with its conversation, if the reader takes part in that; whether it is hers is decided by the command.
    private func ownMessage(_ context: SiteContext) throws -> (MessageID, ConversationID) {
        let id: MessageID = try context.id()
        let reader = try context.requireMember().id
        let conversation = try application.views.read { snapshot in
            try snapshot.conversations.place(of: id).flatMap { place in
                try snapshot.conversations.find(place.conversation, of: reader, having: .none)?.id
            }
        }
        guard let conversation else { throw PageError.notFound }
        return (id, conversation)
    }
}
