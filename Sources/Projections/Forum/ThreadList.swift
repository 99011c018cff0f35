package import Events
package import Forum
import GRDB

/// The threads of a category: pinned ones first, then those with the newest activity.
package enum ThreadList: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE threads(
          id INTEGER PRIMARY KEY,
          category INTEGER NOT NULL,
          author INTEGER NOT NULL,
          title TEXT,
          folded TEXT,
          opened INTEGER NOT NULL,
          is_closed INTEGER NOT NULL DEFAULT 0,
          is_pinned INTEGER NOT NULL DEFAULT 0,
          posts INTEGER NOT NULL DEFAULT 0,
          active INTEGER NOT NULL,
          last_post INTEGER,
          last_author INTEGER
        ) STRICT;
        CREATE INDEX threads_by_author ON threads(author);
        """

    static let indices = """
        CREATE INDEX threads_of_category ON threads(category, is_pinned DESC, active DESC, id);
        CREATE INDEX threads_of_category_by_activity ON threads(category, active DESC, id);
        CREATE INDEX threads_by_activity ON threads(active DESC, id);
        """

    static let sources: Set<ProjectedEvent.Source> = [.forum, .erasure]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .forum(let forum): try apply(forum, at: event.recorded.time, to: views)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .accounts, .corrections, .oversight, .conversations, .notifications, .cases, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(_ event: ForumEvent, at time: Instant, to views: ViewWriter) throws {
        switch event {
        case .thread(.opened(let id, let category, let author, _, let title)):
            views.threads.open(id, in: category, by: author)
            try views.run(
                "INSERT INTO threads(id, category, author, title, folded, opened, active) VALUES (?, ?, ?, ?, ?, ?, ?)",
                .id(id), .id(category), .id(author), .optional(title.value?.text),
                .optional(title.value.map { SwedishOrder.key($0.text) }), .time(time), .time(time))
        case .thread(.retitled(let id, _, let title)): try entitle(id, title.value, in: views)
        case .thread(.titleErased(let id, _, _)): try entitle(id, nil, in: views)
        case .thread(.closed(let id)): try views.run("UPDATE threads SET is_closed = 1 WHERE id = ?", .id(id))
        case .thread(.reopened(let id)): try views.run("UPDATE threads SET is_closed = 0 WHERE id = ?", .id(id))
        case .thread(.moved(let id, _, let category)):
            views.threads.move(id, to: category)
            try views.run("UPDATE threads SET category = ? WHERE id = ?", .id(category), .id(id))
        case .thread(.pinned(let id)): try views.run("UPDATE threads SET is_pinned = 1 WHERE id = ?", .id(id))
        case .thread(.unpinned(let id)): try views.run("UPDATE threads SET is_pinned = 0 WHERE id = ?", .id(id))
        case .post(.published(let post, let thread, let author, _)):
            try views.threads.add(.init(id: post, author: author, time: time), to: thread, in: views)
        case .category, .post(.revised), .post(.deleted), .post(.restored), .post(.deletionCompleted),
            .post(.revisionDeleted),
            .post(.revisionRestored), .post(.revisionDeletionCompleted), .post(.removed),
            .post(.reinstated), .post(.erased):
            break
        }
    }

    static func flush(_ views: ViewWriter) throws {
        try views.threads.flush { thread, posts, newest in
            try views.run(
                "UPDATE threads SET posts = ?, active = ?, last_post = ?, last_author = ? WHERE id = ?",
                .integer(posts), .time(newest.time), .id(newest.id), .id(newest.author), .id(thread))
        }
    }

    private static func entitle(_ thread: ThreadID, _ title: ThreadTitle?, in views: ViewWriter) throws {
        try views.run(
            "UPDATE threads SET title = ?, folded = ? WHERE id = ?", .optional(title?.text),
            .optional(title.map { SwedishOrder.key($0.text) }), .id(thread))
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner): try eraseTitles(of: owner, from: views)
        case .kinds(let kinds, let owner): if kinds.contains(.thread) { try eraseTitles(of: owner, from: views) }
        case .subjects(let subjects):
            for subject in subjects where subject.kind == .thread {
                try entitle(subject.id(ThreadKind.self), nil, in: views)
            }
        }
    }

    private static func eraseTitles(of owner: Owner, from views: ViewWriter) throws {
        guard let author = owner.id(MemberKind.self) else { return }
        try views.run("UPDATE threads SET title = NULL, folded = NULL WHERE author = ?", .id(author))
    }
}

extension ThreadList {
    package static let pageSize = 20

    package struct Entry: Sendable {
        package let id: ThreadID
        /// Nil once it is erased.
        package let title: String?
        package let author: PublicMember
        package let opened: Instant
        package let isClosed: Bool
        package let isPinned: Bool
        package let posts: Int
        package let active: Instant
        package let lastPost: PostID?
        package let lastAuthor: PublicMember?
        package let category: CategoryList.Category

        package var replies: Int { max(0, posts - 1) }
    }

    package struct Found: Sendable {
        package let entries: [Entry]
        package let count: Int
    }

    private static let entries = """
        SELECT threads.id, title, author, a.username AS author_name, opened, threads.is_closed, is_pinned, threads.posts, active,
          last_post, last_author, b.username AS last_author_name, \(CategoryList.columns)
        FROM threads JOIN categories ON categories.id = threads.category
          LEFT JOIN members a ON a.id = author LEFT JOIN members b ON b.id = last_author
        """

    package struct Queries {
        let source: QuerySource

        package func page(_ page: Int, of category: CategoryID) throws -> [Entry] {
            try source.rows(
                .cached(
                    """
                    \(entries) WHERE threads.category = ? ORDER BY is_pinned DESC, active DESC, threads.id
                    LIMIT \(pageSize) OFFSET ?
                    """), [category.column, (page - 1) * pageSize], Entry.init)
        }

        /// The threads with the newest activity, in all categories that `audience` may read.
        package func latest(_ count: Int, for audience: Audience) throws -> [Entry] {
            try source.rows(
                .cached(
                    """
                    \(entries) WHERE categories.name IS NOT NULL \(isVisible(to: audience))
                    ORDER BY active DESC, threads.id LIMIT ?
                    """), [count], Entry.init)
        }

        /// The threads of a category with the newest activity.
        package func latest(_ count: Int, in category: CategoryID) throws -> [Entry] {
            try source.rows(
                .cached("\(entries) WHERE threads.category = ? ORDER BY active DESC, threads.id LIMIT ?"),
                [category.column, count], Entry.init)
        }

        /// The thread of a category with the newest activity.
        func newest(in category: CategoryID) throws -> Entry? {
            try source.row(
                .cached(
                    """
                    \(entries) WHERE threads.id = (SELECT id FROM threads WHERE category = ? ORDER BY active DESC, id LIMIT 1)
                    """), [category.column], Entry.init)
        }

        package func find(_ thread: ThreadID) throws -> Entry? {
            try source.row(.cached("\(entries) WHERE threads.id = ?"), [thread.column], Entry.init)
        }

        /// A member's newest threads that `audience` may read.
        package func opened(by member: MemberID, _ count: Int, for audience: Audience) throws -> [Entry] {
            try source.rows(
                .cached("\(entries) WHERE author = ? \(isVisible(to: audience)) ORDER BY opened DESC LIMIT ?"),
                [member.column, count], Entry.init)
        }

        /// All threads that a member opened, the newest first.
        package func ids(by author: MemberID, limit: Int) throws -> [ThreadID] {
            try source.ids(
                "SELECT id FROM threads WHERE author = ? ORDER BY opened DESC, id LIMIT ?", [author.column, limit])
        }

        /// The threads whose titles hold every one of `words`, newest activity first. Reads all titles: not for an event loop.
        package func search(_ words: [String], page: Int, for audience: Audience) throws -> Found {
            let matching = words.map { _ in "instr(threads.folded, ?) > 0" }.joined(separator: " AND ")
            let condition = "\(matching) \(isVisible(to: audience))"
            let keys = StatementArguments(words.map(SwedishOrder.key))
            return try source.read { snapshot in
                let source = snapshot.source
                return Found(
                    entries: try source.rows(
                        "\(entries) WHERE \(condition) ORDER BY active DESC, threads.id LIMIT \(pageSize) OFFSET ?",
                        keys + [(page - 1) * pageSize], Entry.init),
                    count: try source.count(
                        """
                        SELECT count(*) FROM threads JOIN categories ON categories.id = category WHERE \(condition)
                        """, keys))
            }
        }

        private func isVisible(to audience: Audience) -> String {
            audience == .members ? "" : "AND categories.audience = 'public'"
        }
    }
}

extension ThreadList.Entry {
    fileprivate init(_ row: ViewRow) {
        id = row["id"]
        title = row["title"]
        author = PublicMember(id: row["author"], username: row["author_name"])
        opened = row["opened"]
        isClosed = row["is_closed"]
        isPinned = row["is_pinned"]
        posts = row["posts"]
        active = row["active"]
        lastPost = row["last_post"]
        lastAuthor = (row["last_author"] as MemberID?).map {
            PublicMember(id: $0, username: row["last_author_name"])
        }
        category = CategoryList.Category(row)
    }
}
