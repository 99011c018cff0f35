import Accounts
import Events

extension AccessReading {
    /// The posts that the member has marked, with her notes.
    func bookmarks() throws -> [ReportRecord] {
        try application.reading.bookmarks(of: id).map { bookmark in
            [
                .post: .text(bookmark.post.description), .savedAt: .time(bookmark.saved),
                .note: bookmark.note.isEmpty ? .missing : .text(bookmark.note),
            ]
        }
    }

    /// What the member has written and not sent, word for word.
    func drafts() throws -> [ReportRecord] {
        try application.reading.drafts(of: id).map { draft in
            var (thread, category, post, conversation): (ReportValue, ReportValue, ReportValue, ReportValue) =
                (.missing, .missing, .missing, .missing)
            switch draft.place {
            case .reply(let id): thread = .text(id.description)
            case .thread(let id): category = .text(id.description)
            case .edit(let id): post = .text(id.description)
            case .message(let id): conversation = .text(id.description)
            case .newConversation: break
            }
            return [
                .kind: .code(draft.place.kind.rawValue, draft.place.kind.words), .thread: thread,
                .category: category, .post: post, .conversation: conversation, .savedAt: .time(draft.saved),
                .title: .optional(draft.text.title), .addressees: .optional(draft.text.recipients),
                .text: .text(draft.text.text), .eraseBy: deadline(from: draft.saved, \.drafts),
            ]
        }
    }
}

extension DraftPlace.Kind {
    package var words: String {
        switch self {
        case .reply: "svar i en tråd"
        case .thread: "ny tråd"
        case .edit: "ändring av ett inlägg"
        case .message: "meddelande i ett samtal"
        case .newConversation: "nytt samtal"
        }
    }
}
