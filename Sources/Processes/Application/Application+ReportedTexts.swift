import Events
import Forum
import Messaging

extension Application {
    /// Looks up who wrote a text of the forum, and who removed it, for `Messaging`.
    static func reportedTexts(in forum: Forum) -> ReportedTexts {
        { thing in
            switch thing {
            case .post(let id):
                guard let history = try forum.post(id) else { return nil }
                return ReportedText(
                    by: history.post.facts?.author,
                    removals: history.removals.compactMap { removal in
                        removal.by.member.map { .init(by: $0, at: removal.at) }
                    })
            case .thread(let id): return ReportedText(by: try forum.thread(id).facts?.author)
            case .member, .message, .page: return nil
            }
        }
    }
}
