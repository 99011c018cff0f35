import Events
import Forum

/// Caches threads as of the event being applied: a thread is looked up once for all read models, and its row is written once per flush,
/// however many posts were added.
final class ThreadStates {
    struct State {
        var category: CategoryID
        let author: MemberID
        var posts: Int
        /// The newest post since the row was written.
        fileprivate(set) var newest: NewestPost?
    }

    struct NewestPost {
        let id: PostID
        let author: MemberID
        let time: Instant
    }

    private var known: [ThreadID: State] = [:]
    private var uncounted: [CategoryID: Int] = [:]
    private static let most = 50_000

    var isFull: Bool { known.count >= ThreadStates.most }

    /// Nil for a thread that is not in the views.
    func state(of thread: ThreadID, in views: ViewWriter) throws -> State? {
        if let state = known[thread] { return state }
        let read = try views.rows("SELECT category, author, posts FROM threads WHERE id = ?", .id(thread)) { row in
            State(
                category: CategoryID(column: Int64(row.integer(row.column("category")))),
                author: MemberID(column: Int64(row.integer(row.column("author")))),
                posts: row.integer(row.column("posts")))
        }
        guard let state = read.first else { return nil }
        known[thread] = state
        return state
    }

    func open(_ thread: ThreadID, in category: CategoryID, by author: MemberID) {
        known[thread] = State(category: category, author: author, posts: 0)
    }

    func move(_ thread: ThreadID, to category: CategoryID) { known[thread]?.category = category }

    /// Counts a new post in the thread, and in its category.
    func add(_ post: NewestPost, to thread: ThreadID, in views: ViewWriter) throws {
        guard var state = try state(of: thread, in: views) else { return }
        state.posts += 1
        state.newest = post
        known[thread] = state
        uncounted[state.category, default: 0] += 1
    }

    /// Takes the number of posts in each category that its row does not count yet.
    func takeUncounted() -> [CategoryID: Int] {
        defer { uncounted = [:] }
        return uncounted
    }

    /// Writes each thread that has posts its row does not count yet.
    func flush(_ write: (ThreadID, _ posts: Int, NewestPost) throws -> Void) throws {
        for (thread, state) in known {
            if let newest = state.newest { try write(thread, state.posts, newest) }
        }
        known = [:]
    }
}
