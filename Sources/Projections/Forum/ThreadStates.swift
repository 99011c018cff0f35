import Events
import Forum

/// Threads as they stand at the event that is taken in, kept while events come one after the other: a post's thread is looked up once, and
/// not by every read model that counts or tells of the post.
final class ThreadStates {
    struct State {
        let category: CategoryID
        let author: MemberID
        var posts: Int
    }

    private var known: [ThreadID: State] = [:]
    private var uncounted: [CategoryID: Int] = [:]
    private static let most = 50_000

    /// Nil for a thread that no view knows.
    func state(of thread: ThreadID, in views: ViewWriter) throws -> State? {
        if let state = known[thread] { return state }
        let read = try views.rows("SELECT category, author, posts FROM threads WHERE id = ?", .id(thread)) { row in
            State(
                category: CategoryID(column: Int64(row.integer(0))), author: MemberID(column: Int64(row.integer(1))),
                posts: row.integer(2))
        }
        guard let state = read.first else { return nil }
        keep(state, thread)
        return state
    }

    func open(_ thread: ThreadID, in category: CategoryID, by author: MemberID) {
        keep(State(category: category, author: author, posts: 0), thread)
    }

    /// Counts a new post in the thread, and in its category when `takeUncounted` is next asked.
    func addPost(to thread: ThreadID, in views: ViewWriter) throws -> State? {
        guard var state = try state(of: thread, in: views) else { return nil }
        state.posts += 1
        known[thread] = state
        uncounted[state.category, default: 0] += 1
        return state
    }

    /// A thread that is changed otherwise is read anew.
    func forget(_ thread: ThreadID) { known[thread] = nil }

    /// How many posts each category has more than its row says.
    func takeUncounted() -> [CategoryID: Int] {
        defer { uncounted = [:] }
        return uncounted
    }

    private func keep(_ state: State, _ thread: ThreadID) {
        if known.count >= ThreadStates.most { known = [:] }
        known[thread] = state
    }
}
