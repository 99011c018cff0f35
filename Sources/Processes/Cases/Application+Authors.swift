package import Events
import Forum
package import Messaging

extension Application {
    /// The author of the reported text; nil if there is no author to notify.
    package func author(of file: CaseFile) throws -> MemberID? {
        guard case .report(_, let thing) = file.topic else { return nil }
        return try author(of: thing)
    }

    package func author(of thing: ReportedThing) throws -> MemberID? {
        switch thing {
        case .post(let id): return try forum.post(id)?.post.facts?.author
        case .thread(let id): return try forum.thread(id).facts?.author
        case .member(let id): return id
        case .message(let id, in: let conversation):
            return try messaging.conversation(conversation).facts?.author(of: id)
        case .page: return nil
        }
    }
}
