import Accounts
import Events
package import Forum

extension Application {
    /// Parses typed text, with its mentions and quotes as references.
    /// - Throws: `Problems<PostProblem>` with all problems of the text.
    package func draft(_ typed: String, revising previous: PostBody? = nil) throws -> PostBody {
        try forum.parse(typed, revising: previous) { name in
            // A username that a former member has given up is plain text (P-16.2).
            (try? Username.typed(name)).flatMap { try? accounts.findPresent($0) }
        }
    }
}
