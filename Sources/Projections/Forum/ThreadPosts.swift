package import Events
package import Forum
import GRDB

/// The posts of each thread, rendered once, with the quotes that they hold by reference.
package enum ThreadPosts: ReadModel {
    static let version = 2

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
          -- When its author deleted it, until it is erased.
          deleted INTEGER,
          -- The subject of the body; NULL when that is the post.
          subject INTEGER,
          body TEXT,
          mentions TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX posts_by_author ON posts(author);
        CREATE INDEX posts_of_subject ON posts(subject) WHERE subject IS NOT NULL;
        CREATE TABLE quotes(
          post INTEGER NOT NULL,
          place INTEGER NOT NULL,
          source INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          -- The subject of the quoted revision; NULL when that is the source.
          subject INTEGER,
          body TEXT,
          mentions TEXT NOT NULL DEFAULT '',
          PRIMARY KEY (post, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX quotes_of_source ON quotes(source);
        CREATE INDEX quotes_of_subject ON quotes(subject) WHERE subject IS NOT NULL;
        -- Earlier revisions that their author has deleted: quotes of them are hidden.
        CREATE TABLE deleted_revisions(
          post INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          PRIMARY KEY (post, revision)
        ) STRICT, WITHOUT ROWID;
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
        case .post(.revised(let id, _, let revision, let subject, _)):
            try views.run(
                "UPDATE posts SET revision = ?, revised = ?, body = ?, mentions = ?, subject = ? WHERE id = ?",
                .integer(revision), .time(projected.recorded.time), .optional(projected.body?.html),
                .text(projected.body?.mentions ?? ""), subject.revisionColumn, .id(id))
            try views.run("DELETE FROM quotes WHERE post = ?", .id(id))
            try write(projected.body?.quotes, of: id, in: views)
        case .post(.deleted(let id)):
            try views.run(
                "UPDATE posts SET state = 'deleted', deleted = ? WHERE id = ?", .time(projected.recorded.time), .id(id))
        case .post(.restored(let id)):
            try views.run("UPDATE posts SET state = 'visible', deleted = NULL WHERE id = ?", .id(id))
        case .post(.revisionDeleted(let id, let revision)):
            try views.run(
                "INSERT INTO deleted_revisions VALUES (?, ?) ON CONFLICT DO NOTHING", .id(id), .integer(revision))
        case .post(.revisionRestored(let id, let revision)):
            try views.run(
                "DELETE FROM deleted_revisions WHERE post = ? AND revision = ?", .id(id), .integer(revision))
        case .post(.revisionDeletionCompleted(let id, let revision, fence: _)):
            try views.run(
                "UPDATE quotes SET body = NULL, mentions = '' WHERE source = ? AND revision = ?", .id(id),
                .integer(revision))
        case .post(.removed(let id, let reason)):
            try views.run(
                "UPDATE posts SET state = 'removed', reason = ? WHERE id = ?", .text(reason.rawValue), .id(id))
        case .post(.reinstated(let id)):
            try views.run(
                "UPDATE posts SET state = iif(deleted IS NULL, 'visible', 'deleted'), reason = NULL WHERE id = ?",
                .id(id))
        case .post(.erased(let id, _, _)), .post(.deletionCompleted(let id, fence: _)):
            try views.run("UPDATE posts SET state = 'erased', reason = NULL, deleted = NULL WHERE id = ?", .id(id))
            try eraseBodies(.id(id), from: views)
        case .category, .thread:
            break
        }
    }

    private static func write(_ quotes: [RenderedPost.Quotation]?, of post: PostID, in views: ViewWriter) throws {
        for (place, quote) in (quotes ?? []).enumerated() {
            try views.run(
                "INSERT INTO quotes(post, place, source, revision, subject, body, mentions) VALUES (?, ?, ?, ?, ?, ?, ?)",
                .id(post), .integer(place), .id(quote.source), .integer(quote.revision),
                quote.subject.map(\.revisionColumn) ?? nil, .optional(quote.html), .text(quote.mentions))
        }
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner): try eraseBodies(of: owner, [.post, .revision], from: views)
        case .kinds(let kinds, let owner): try eraseBodies(of: owner, kinds, from: views)
        case .subjects(let subjects):
            for subject in subjects {
                switch subject.kind {
                case .post: try eraseFirstBody(.id(subject.id(PostKind.self)), from: views)
                case .revision: try eraseBody(subject.revisionColumn, from: views)
                case .identity, .email, .address, .municipality, .register, .credential, .identityProtection, .signIn,
                    .category, .thread, .picture, .message, .statement, .issue, .staffName:
                    break
                }
            }
        }
    }

    private static func eraseBodies(of owner: Owner, _ kinds: [SubjectKind], from views: ViewWriter) throws {
        guard let author = owner.id(MemberKind.self) else { return }
        if kinds.contains(.post) {
            for post in try views.integers("SELECT id FROM posts WHERE author = ?", .id(author)) {
                try eraseFirstBody(.integer(post), from: views)
            }
        }
        guard kinds.contains(.revision) else { return }
        let subjects = try views.integers(
            """
            SELECT subject FROM posts WHERE author = ?1 AND subject IS NOT NULL
            UNION SELECT q.subject FROM posts JOIN quotes q ON q.source = posts.id
              WHERE author = ?1 AND q.subject IS NOT NULL
            """, .id(author))
        for subject in subjects { try eraseBody(.integer(subject), from: views) }
    }

    /// Everything that is sealed under the post itself.
    private static func eraseFirstBody(_ post: SQLValue, from views: ViewWriter) throws {
        try views.run(
            "DELETE FROM quotes WHERE post = (SELECT id FROM posts WHERE id = ? AND subject IS NULL)", post)
        try views.run("UPDATE posts SET body = NULL, mentions = '' WHERE id = ? AND subject IS NULL", post)
        try views.run("UPDATE quotes SET body = NULL, mentions = '' WHERE source = ? AND subject IS NULL", post)
    }

    /// One later revision.
    private static func eraseBody(_ subject: SQLValue, from views: ViewWriter) throws {
        try views.run("DELETE FROM quotes WHERE post IN (SELECT id FROM posts WHERE subject = ?)", subject)
        try views.run("UPDATE posts SET body = NULL, mentions = '' WHERE subject = ?", subject)
        try views.run("UPDATE quotes SET body = NULL, mentions = '' WHERE subject = ?", subject)
    }

    private static func eraseBodies(_ post: SQLValue, from views: ViewWriter) throws {
        try views.run("UPDATE posts SET body = NULL, mentions = '' WHERE id = ?", post)
        try views.run("DELETE FROM quotes WHERE post = ?", post)
        try views.run("UPDATE quotes SET body = NULL, mentions = '' WHERE source = ?", post)
    }
}

extension Subject {
    /// The subject of a later revision; null for the post.
    fileprivate var revisionColumn: SQLValue { kind == .revision ? .id(id(PostKind.self)) : nil }
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

        /// The posts of a member that she has deleted or a moderator has removed, and that are not erased.
        package func hidden(of author: MemberID) throws -> [PostID] {
            try source.ids(
                """
                SELECT id FROM posts WHERE author = ?1 AND state IN ('deleted', 'removed')
                UNION SELECT posts.id FROM posts JOIN deleted_revisions d ON d.post = posts.id WHERE author = ?1
                """, [author.column])
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
