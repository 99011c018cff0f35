package import Events
package import Forum
import GRDB

/// The forum's categories, in the order in which they are shown.
package enum CategoryList: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE categories(
          id INTEGER PRIMARY KEY,
          place INTEGER NOT NULL,
          slug TEXT,
          name TEXT,
          description TEXT,
          audience TEXT NOT NULL,
          is_closed INTEGER NOT NULL DEFAULT 0,
          threads INTEGER NOT NULL DEFAULT 0,
          posts INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        """

    static let indices = "CREATE INDEX categories_by_slug ON categories(slug);"

    static let sources: Set<ProjectedEvent.Source> = [.forum, .erasure]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .forum(let forum): try apply(forum, to: views)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .accounts, .corrections, .oversight, .conversations, .notifications, .cases, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(_ event: ForumEvent, to views: ViewWriter) throws {
        switch event {
        case .category(.created(let id, let audience, let text)):
            try views.run(
                "INSERT INTO categories(id, place, audience) VALUES (?, 1 + (SELECT count(*) FROM categories), ?)",
                .id(id),
                .text(audience.rawValue))
            try describe(id, text.value, in: views)
        case .category(.described(let id, let text)): try describe(id, text.value, in: views)
        case .category(.closed(let id)): try views.run("UPDATE categories SET is_closed = 1 WHERE id = ?", .id(id))
        case .category(.reopened(let id)): try views.run("UPDATE categories SET is_closed = 0 WHERE id = ?", .id(id))
        case .category(.ordered(let order)):
            for (index, id) in order.enumerated() {
                try views.run("UPDATE categories SET place = ? WHERE id = ?", .integer(index + 1), .id(id))
            }
        case .thread(.opened(_, let category, _, _, _)):
            try views.run("UPDATE categories SET threads = threads + 1 WHERE id = ?", .id(category))
        case .thread(.moved(let thread, let from, let to)):
            let posts = try views.threads.state(of: thread, in: views)?.posts ?? 0
            try views.run(
                "UPDATE categories SET threads = threads - 1, posts = posts - ? WHERE id = ?", .integer(posts),
                .id(from))
            try views.run(
                "UPDATE categories SET threads = threads + 1, posts = posts + ? WHERE id = ?", .integer(posts), .id(to))
        // `ThreadStates` counts posts.
        case .post(.published): break
        case .thread(.retitled), .thread(.closed), .thread(.reopened), .thread(.pinned), .thread(.unpinned),
            .post(.revised), .post(.deleted), .post(.restored), .post(.deletionCompleted), .post(.revisionDeleted),
            .post(.revisionRestored), .post(.revisionDeletionCompleted), .post(.removed), .post(.reinstated),
            .thread(.titleErased),
            .post(.erased):
            break
        }
    }

    static func flush(_ views: ViewWriter) throws {
        for (category, posts) in views.threads.takeUncounted() {
            try views.run("UPDATE categories SET posts = posts + ? WHERE id = ?", .integer(posts), .id(category))
        }
    }

    private static func describe(_ category: CategoryID, _ text: CategoryText?, in views: ViewWriter) throws {
        try views.run(
            "UPDATE categories SET slug = ?, name = ?, description = ? WHERE id = ?", .optional(text?.slug.text),
            .optional(text?.name), .optional(text?.description), .id(category))
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        let erased: [CategoryID]
        switch scope {
        case .owner(let owner): erased = [owner.id(CategoryKind.self)].compactMap(\.self)
        case .kinds(let kinds, let owner):
            erased = kinds.contains(.category) ? [owner.id(CategoryKind.self)].compactMap(\.self) : []
        case .subjects(let subjects): erased = subjects.filter { $0.kind == .category }.map { $0.id(CategoryKind.self) }
        }
        for category in erased { try describe(category, nil, in: views) }
    }
}

extension CategoryList {
    package struct Category: Sendable {
        package let id: CategoryID
        package let slug: String
        package let name: String
        package let description: String
        package let audience: Audience
        package let isClosed: Bool
        package let threads: Int
        package let posts: Int
    }

    /// A category with its latest activity.
    package struct Entry: Sendable {
        package let category: Category
        package let latest: ThreadList.Entry?
    }

    /// The columns that `Category` reads, qualified so that other tables can be joined.
    static let columns = """
        categories.id AS category_id, categories.slug AS category_slug, categories.name AS category_name,
        categories.description AS category_description, categories.audience AS category_audience,
        categories.is_closed AS category_is_closed, categories.threads AS category_threads,
        categories.posts AS category_posts
        """

    package struct Queries {
        let source: QuerySource

        /// - Parameter audience: `.everybody` leaves out what only members may read.
        package func all(for audience: Audience) throws -> [Category] {
            let visible = audience == .members ? "" : "AND audience = 'public'"
            return try source.rows(
                .cached("SELECT \(columns) FROM categories WHERE name IS NOT NULL \(visible) ORDER BY place, id"), [],
                Category.init)
        }

        package func overview(for audience: Audience) throws -> [Entry] {
            try source.read { snapshot in
                try snapshot.categories.all(for: audience).map { category in
                    Entry(category: category, latest: try snapshot.threads.newest(in: category.id))
                }
            }
        }

        package func find(slug: String) throws -> Category? {
            try source.row(
                .cached("SELECT \(columns) FROM categories WHERE slug = ? ORDER BY place LIMIT 1"), [slug],
                Category.init)
        }

        package func find(_ id: CategoryID) throws -> Category? {
            try source.row(
                .cached("SELECT \(columns) FROM categories WHERE id = ? AND name IS NOT NULL"), [id.column],
                Category.init)
        }
    }
}

extension CategoryList.Category {
    /// - Parameter row: with `CategoryList.columns`.
    init(_ row: ViewRow) {
        id = row["category_id"]
        slug = row["category_slug"] ?? ""
        name = row["category_name"] ?? ""
        description = row["category_description"] ?? ""
        audience = row.code("category_audience") ?? .members
        isClosed = row["category_is_closed"]
        threads = row["category_threads"]
        posts = row["category_posts"]
    }
}
