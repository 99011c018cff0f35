import Accounts
import Events
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// Private messages, which only the members of a conversation can read and write (P-06.2).
struct ConversationController: Sendable {
    let application: Application
    let slowReads: SlowReads

    static let textHint = "Ren text. Tomma rader skiljer stycken åt, och adresser till webbsidor blir länkar."

    func add(to routes: inout Routes) {
        routes.get(.conversations) { try await showList($0, $1) }
        routes.get(.newConversation) { try showNew($0, $1) }
        // The limit of every form that sends a mail to another person.
        routes.post(.newConversation, limit: .mail) { try await begin($0, $1) }
        routes.get(.conversation) { try await show($0, $1) }
        routes.post(.conversation) { try await send($0, $1) }
        routes.get(.leaveConversation) { try showLeaving($0, $1) }
        routes.post(.leaveConversation) { try await leave($0, $1) }
        routes.post(.muteConversation) { try await mute($0, $1) }
        routes.get(.blockedMembers) { try showBlocked($0, $1) }
        routes.post(.blockMember) { try await block($0, $1) }
        routes.post(.eraseMessage) { try await erase($0, $1) }
        routes.post(.restoreMessage) { try await restore($0, $1) }
        routes.get(.reportMessage) { try showReport($0, $1) }
        routes.post(.reportMessage, limit: .mail) { try await report($0, $1) }
    }

    /// - Throws: `notFound` for members outside the conversation, so that its existence is not disclosed.
    func entry(_ context: SiteContext) throws -> ConversationList.Entry {
        let id: ConversationID = try context.id()
        let member = try context.requireMember().id
        let read = try application.readMarkers(of: member)
        guard let entry = try application.views.conversations.find(id, of: member, having: read) else {
            throw PageError.notFound
        }
        return entry
    }
}

extension FieldName {
    static let recipients: FieldName = "till"
    static let messageText: FieldName = "text"
}

extension Application {
    /// The members with an active account, who can read a message written to them now.
    func reachable(_ members: [MemberID]) throws -> Set<MemberID> {
        Set(try members.filter { try accounts.member($0).active != nil })
    }
}

extension SignedInMember {
    /// A copy with newer counts than those at the beginning of the request.
    func with(unread: Unread) -> SignedInMember {
        var member = self
        member.unread = unread
        return member
    }
}
