package import Events
import Foundation

/// Where a draft belongs; a member has at most one for each place.
package enum DraftPlace: Hashable, Sendable {
    case reply(ThreadID)
    case thread(CategoryID)
    case edit(PostID)
    case message(ConversationID)
    /// With a member, when it was begun from her profile.
    case newConversation(MemberID?)

    package enum Kind: String, CaseIterable, Sendable {
        case reply, thread, edit, message
        case newConversation = "new-conversation"
    }

    package var kind: Kind {
        switch self {
        case .reply: .reply
        case .thread: .thread
        case .edit: .edit
        case .message: .message
        case .newConversation: .newConversation
        }
    }

    /// The id of the thread, category, post, conversation or member; empty for a new conversation without a chosen member.
    package var id: String {
        switch self {
        case .reply(let thread): thread.description
        case .thread(let category): category.description
        case .edit(let post): post.description
        case .message(let conversation): conversation.description
        case .newConversation(let member): member?.description ?? ""
        }
    }

    /// Nil for an id that is none.
    package init?(_ kind: Kind, id: String) {
        switch kind {
        case .reply:
            guard let thread = ThreadID(id) else { return nil }
            self = .reply(thread)
        case .thread:
            guard let category = CategoryID(id) else { return nil }
            self = .thread(category)
        case .edit:
            guard let post = PostID(id) else { return nil }
            self = .edit(post)
        case .message:
            guard let conversation = ConversationID(id) else { return nil }
            self = .message(conversation)
        case .newConversation:
            let member = MemberID(id)
            guard id.isEmpty || member != nil else { return nil }
            self = .newConversation(member)
        }
    }
}

/// What is typed in a form that is not sent yet, word for word.
package struct DraftText: Hashable, Codable, Sendable {
    package var text: String
    /// Of a new thread.
    package var title: String?
    /// Of a new conversation.
    package var recipients: String?
    /// Of an edit: the revision that its author was shown.
    package var base: Int?

    package init(_ text: String, title: String? = nil, recipients: String? = nil, base: Int? = nil) {
        self.text = text
        self.title = title
        self.recipients = recipients
        self.base = base
    }

    /// Whether nothing is typed.
    package var isEmpty: Bool { [text, title ?? "", recipients ?? ""].allSatisfy { $0.allSatisfy(\.isWhitespace) } }

    /// As it is sealed.
    var recorded: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    init(recorded text: String) throws { self = try JSONDecoder().decode(DraftText.self, from: Data(text.utf8)) }

    var size: Int { text.utf8.count + (title?.utf8.count ?? 0) + (recipients?.utf8.count ?? 0) }
}

/// A text that its author has not sent yet: kept for her alone, sealed, and no event (P-06.4).
package struct Draft: Hashable, Sendable {
    package let place: DraftPlace
    package let text: DraftText
    package let saved: Instant

    package init(place: DraftPlace, text: DraftText, saved: Instant) {
        self.place = place
        self.text = text
        self.saved = saved
    }

    /// The most drafts of one member.
    package static let most = 50
    /// The longest draft, in bytes: above any text that can be sent.
    package static let mostBytes = 100_000
}
