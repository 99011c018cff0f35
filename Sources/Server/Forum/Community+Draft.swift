import Accounts
import Events
import Forum

extension Community {
    /// What somebody typed, with its mentions and quotes as references.
    /// - Throws: `Problems<PostProblem>` with everything that is wrong with it.
    func draft(_ typed: String, revising previous: PostBody? = nil) throws -> PostBody {
        try forum.parse(typed, revising: previous) { name in
            (try? Username(name)).flatMap { try? accounts.find($0) }
        }
    }
}
