package import Events
package import Forum
import GRDB

/// The posts of each thread, rendered once, with the quotes that they hold by reference.
package enum ThreadPosts: ReadModel {
    static let version = 1

    /// A post's number is the thread's post count, which `ThreadList` increments first.
    static let after: [any ReadModel.Type] = [ThreadList.self]

    static let tables = """
        CREATE TABLE posts(
          -- The key is the order of publishing: a new post is appended at the end of the table.
          position INTEGER PRIMARY KEY,
          id INTEGER NOT NULL UNIQUE,
          thread INTEGER NOT NULL,
          number INTEGER NOT NULL,
          author INTEGER NOT NULL,
          published INTEGER NOT NULL,
          revision INTEGER NOT NULL DEFAULT 1,
          revised INTEGER,
          state TEXT NOT NULL DEFAULT 'visible' CHECK (state IN ('visible', 'deleted', 'removed', 'erased')),
          reason TEXT,
          body TEXT,
          mentions TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX posts_by_author ON posts(author);
        CREATE TABLE quotes(
          post INTEGER NOT NULL,
          place INTEGER NOT NULL,
          source INTEGER NOT NULL,
          body TEXT,
          mentions TEXT NOT NULL DEFAULT '',
          PRIMARY KEY (post, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX quotes_of_source ON quotes(source);
        """

    static let indices = "CREATE UNIQUE INDEX posts_of_thread ON posts(thread, number);"

    static let sources: Set<ProjectedEvent.Source> = [.forum, .erasure]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .forum(let forum): try apply(forum, event, to: views)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .accounts, .corrections, .oversight, .conversations, .notifications, .cases, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(_ event: ForumEvent, _ projected: ProjectedEvent, to views: ViewWriter) throws {
        switch event {
        case .post(.published(let id, let thread, let author, _)):
            // `ThreadList` has counted the post already.
            let number = try views.threads.state(of: thread, in: views)?.posts
            try views.run(
                """
                INSERT INTO posts(position, id, thread, number, author, published, body, mentions)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, .integer(projected.recorded.position), .id(id), .id(thread), number.map(SQLValue.integer) ?? nil,
                .id(author), .time(projected.recorded.time), .optional(projected.body?.html),
                .text(projected.body?.mentions ?? ""))
            try write(projected.body?.quotes, of: id, in: views)
        case .post(.revised(let id, _, let revision, _)):
            try views.run(
                "UPDATE posts SET revision = ?, revised = ?, body = ?, mentions = ? WHERE id = ?", .integer(revision),
                .time(projected.recorded.time), .optional(projected.body?.html), .text(projected.body?.mentions ?? ""),
                .id(id))
            try views.run("DELETE FROM quotes WHERE post = ?", .id(id))
            try write(projected.body?.quotes, of: id, in: views)
        case .post(.deleted(let id)): try views.run("UPDATE posts SET state = 'deleted' WHERE id = ?", .id(id))
        case .post(.removed(let id, let reason)):
            try views.run(
                "UPDATE posts SET state = 'removed', reason = ? WHERE id = ?", .text(reason.rawValue), .id(id))
        case .post(.reinstated(let id)):
            try views.run("UPDATE posts SET state = 'visible', reason = NULL WHERE id = ?", .id(id))
        case .post(.erased(let id, _, _)):
            try views.run("UPDATE posts SET state = 'erased', reason = NULL WHERE id = ?", .id(id))
            try eraseBody(.id(id), from: views)
        case .category, .thread:
            break
        }
    }

    private static func write(_ quotes: [RenderedPost.Quotation]?, of post: PostID, in views: ViewWriter) throws {
        for (place, quote) in (quotes ?? []).enumerated() {
            try views.run(
                "INSERT INTO quotes(post, place, source, body, mentions) VALUES (?, ?, ?, ?, ?)", .id(post),
                .integer(place), .id(quote.source), .optional(quote.html), .text(quote.mentions))
        }
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner): try eraseBodies(of: owner, from: views)
        case .kinds(let kinds, let owner): if kinds.contains(.post) { try eraseBodies(of: owner, from: views) }
        case .subjects(let subjects):
            for subject in subjects where subject.kind == .post {
                try eraseBody(.id(subject.id(PostKind.self)), from: views)
            }
        }
    }

    private static func eraseBodies(of owner: Owner, from views: ViewWriter) throws {
        guard let author = owner.id(MemberKind.self) else { return }
        for post in try views.integers("SELECT id FROM posts WHERE author = ?", .id(author)) {
            try eraseBody(.integer(post), from: views)
        }
    }

    private static func eraseBody(_ post: SQLValue, from views: ViewWriter) throws {
        try views.run("UPDATE posts SET body = NULL, mentions = '' WHERE id = ?", post)
        try views.run("DELETE FROM quotes WHERE post = ?", post)
        try views.run("UPDATE quotes SET body = NULL, mentions = '' WHERE source = ?", post)
    }
}

extension ThreadPosts {
    package struct Queries {
        let source: QuerySource

        /// One page of a thread. Nil when there is no such thread or page, or when the viewer may not read it.
        package func page(_ number: Int, of thread: ThreadID, for audience: Audience) throws -> ThreadPage? {
            try source.read { snapshot in
                try snapshot.threads.find(thread).flatMap { try snapshot.posts.page(number, of: $0, for: audience) }
            }
        }

        /// One page of a thread. Nil when there is no such page, or when the viewer may not read it.
        package func page(_ number: Int, of thread: ThreadList.Entry, for audience: Audience) throws -> ThreadPage? {
            guard audience == .members || thread.category.audience == .everybody, number >= 1,
                number <= ThreadPage.pages(for: thread.posts)
            else { return nil }
            return try source.read { try ThreadPage(thread, number, for: audience, in: $0) }
        }

        /// Where a post stands: its thread and the number of its page. Nil when there is none.
        package func place(of post: PostID) throws -> (thread: ThreadID, page: Int)? {
            try source.row(.cached("SELECT thread, number FROM posts WHERE id = ?"), [post.column]) { row in
                (row["thread"], ((row["number"] as Int) - 1) / ThreadPage.size + 1)
            }
        }

        /// All posts that a member wrote, in every state, the newest first.
        package func ids(by author: MemberID, limit: Int) throws -> [PostID] {
            try source.ids(
                "SELECT id FROM posts WHERE author = ? ORDER BY position DESC LIMIT ?", [author.column, limit])
        }
    }
}

/// The members whom a body mentions, in one column: their ids, separated by spaces.
enum MentionedMembers {
    static func text(_ members: [MemberID]) -> String { members.map(\.description).joined(separator: " ") }

    static func ids(_ text: String) -> [MemberID] { text.split(separator: " ").compactMap { MemberID(String($0)) } }
}
