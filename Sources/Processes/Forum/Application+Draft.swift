import Accounts
import Events
package import Forum

extension Application {
    /// What somebody typed, with its mentions and quotes as references.
    /// - Throws: `Problems<PostProblem>` with everything that is wrong with it.
    package func draft(_ typed: String, revising previous: PostBody? = nil) throws -> PostBody {
        try forum.parse(typed, revising: previous) { name in
            // A name that somebody has left behind is text like any other (P-16.2).
            (try? Username.typed(name)).flatMap { try? accounts.findPresent($0) }
        }
    }
}
