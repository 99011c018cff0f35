package import Accounts
package import Events
package import Forum
package import GRDB

/// One page of a thread, as a certain viewer may see it.
package struct ThreadPage: Sendable {
    package static let size = 20

    package let thread: ThreadList.Entry
    package let number: Int
    package let posts: [Post]

    package var pages: Int { ThreadPage.pages(for: thread.posts) }

    package static func pages(for posts: Int) -> Int { max(1, (posts + size - 1) / size) }

    package struct Post: Sendable {
        package let id: PostID
        /// From 1, the same for ever.
        package let number: Int
        package let author: PublicMember
        /// The role that readers should know of: administrator or moderator.
        package let authorRole: Role?
        package let published: Instant
        package let revised: Instant?
        package let body: Body
    }

    package enum Body: Sendable {
        case visible([Segment])
        case deleted
        case removed(RemovalReason)
        case erased
    }

    package enum Segment: Sendable {
        case html(SafeHTML)
        case mention(PublicMember)
        case quote(Quoted)
    }

    /// What was quoted, rendered from its source. Without text when the viewer has no right to it or it is gone.
    package struct Quoted: Sendable {
        package let source: PostID
        package let author: PublicMember?
        /// Words and mentions; never a quote.
        package let text: [Segment]?

        package init(source: PostID, author: PublicMember?, text: [Segment]?) {
            self.source = source
            self.author = author
            self.text = text
        }
    }

    /// Nil when there is no such thread or page, or when the viewer may not read it.
    package init?(_ thread: ThreadID, page: Int, for audience: Audience, in database: Database) throws {
        guard let entry = try ThreadList.find(thread, in: database) else { return nil }
        try self.init(entry, page: page, for: audience, in: database)
    }

    /// Nil when there is no such page, or when the viewer may not read it.
    package init?(_ entry: ThreadList.Entry, page: Int, for audience: Audience, in database: Database) throws {
        guard audience == .members || entry.category.audience == .everybody, page >= 1,
            page <= ThreadPage.pages(for: entry.posts)
        else { return nil }
        thread = entry
        number = page
        let rows = try PostRow.fetch(entry.id, from: (page - 1) * ThreadPage.size + 1, in: database)
        let quotes = try QuoteRow.fetch(entry.id, rows, for: audience, in: database)
        let mentioned = rows.flatMap(\.mentions) + quotes.values.flatMap { $0 }.flatMap(\.mentions)
        let names = try MemberDirectory.usernames(of: mentioned, in: database)
        posts = rows.map { $0.post(quotes: quotes[$0.id] ?? [], names: names) }
    }

    /// Where a post stands: its thread and the number of its page. Nil when there is none.
    package static func place(of post: PostID, in database: Database) throws -> (thread: ThreadID, page: Int)? {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT thread, number FROM posts WHERE id = ?"), arguments: [post.column])
        return row.map { (ThreadID(column: $0[0]), ((($0[1] as Int) - 1) / size) + 1) }
    }
}

private struct PostRow {
    let id: PostID
    let number: Int
    let author: PublicMember
    let authorRole: Role?
    let published: Instant
    let revised: Instant?
    let state: String
    let reason: RemovalReason?
    let body: String?
    let mentions: [MemberID]

    static func fetch(_ thread: ThreadID, from number: Int, in database: Database) throws -> [PostRow] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT posts.id, number, author, username, published, revised, state, reason, body, mentions,
                  (SELECT min(role) FROM member_roles r WHERE r.member = members.id AND role IN ('administrator', 'moderator'))
                FROM posts LEFT JOIN members ON members.id = author
                WHERE thread = ? AND number BETWEEN ? AND ? ORDER BY number
                """)
        return try Row.fetchAll(statement, arguments: [thread.column, number, number + ThreadPage.size - 1]).map {
            row in
            PostRow(
                id: PostID(column: row[0]), number: row[1],
                author: PublicMember(id: MemberID(column: row[2]), username: row[3]),
                authorRole: (row[10] as String?).flatMap(Role.init), published: Instant(milliseconds: row[4]),
                revised: (row[5] as Int64?).map(Instant.init(milliseconds:)),
                state: row[6], reason: (row[7] as String?).flatMap(RemovalReason.init), body: row[8],
                mentions: MentionedMembers.ids(row[9]))
        }
    }

    func post(quotes: [QuoteRow], names: [MemberID: String]) -> ThreadPage.Post {
        ThreadPage.Post(
            id: id, number: number, author: author, authorRole: authorRole, published: published, revised: revised,
            body: shownBody(quotes, names))
    }

    private func shownBody(_ quotes: [QuoteRow], _ names: [MemberID: String]) -> ThreadPage.Body {
        switch state {
        case "deleted": return .deleted
        case "removed": return .removed(reason ?? .other)
        // What was erased has no body, whoever had it erased.
        default: break
        }
        guard let body else { return .erased }
        return .visible(
            RenderedBody(keptInView: body).segments.compactMap { segment in
                switch segment {
                case .html(let html): .html(html)
                case .mention(let index): mention(index, in: mentions, names)
                case .quote(let index): index < quotes.count ? .quote(quotes[index].quoted(names)) : nil
                }
            })
    }
}

private struct QuoteRow {
    let source: PostID
    let author: PublicMember?
    let body: String?
    let mentions: [MemberID]

    /// A quote shows its text only while its source is there and the viewer may read that.
    static func fetch(
        _ thread: ThreadID, _ posts: [PostRow], for audience: Audience, in database: Database
    ) throws -> [PostID: [QuoteRow]] {
        guard let first = posts.first, let last = posts.last else { return [:] }
        let statement = try database.cachedStatement(
            sql: """
                SELECT q.post, q.source, s.author, m.username, CASE WHEN s.state = 'visible' AND (? OR c.audience = 'public') THEN q.body END,
                  q.mentions
                FROM posts p JOIN quotes q ON q.post = p.id LEFT JOIN posts s ON s.id = q.source
                  LEFT JOIN threads t ON t.id = s.thread LEFT JOIN categories c ON c.id = t.category
                  LEFT JOIN members m ON m.id = s.author
                WHERE p.thread = ? AND p.number BETWEEN ? AND ? ORDER BY q.post, q.place
                """)
        let rows = try Row.fetchAll(
            statement, arguments: [audience == .members, thread.column, first.number, last.number])
        return Dictionary(grouping: rows, by: { PostID(column: $0[0]) }).mapValues { $0.map(QuoteRow.init) }
    }

    private init(_ row: Row) {
        source = PostID(column: row[1])
        author = (row[2] as Int64?).map { PublicMember(id: MemberID(column: $0), username: row[3]) }
        body = row[4]
        mentions = MentionedMembers.ids(row[5])
    }

    func quoted(_ names: [MemberID: String]) -> ThreadPage.Quoted {
        let text = body.map { body in
            RenderedBody(keptInView: body).segments.compactMap { segment -> ThreadPage.Segment? in
                switch segment {
                case .html(let html): .html(html)
                case .mention(let index): mention(index, in: mentions, names)
                case .quote: nil
                }
            }
        }
        return ThreadPage.Quoted(source: source, author: text == nil ? nil : author, text: text)
    }
}

private func mention(_ index: Int, in members: [MemberID], _ names: [MemberID: String]) -> ThreadPage.Segment? {
    guard index < members.count else { return nil }
    return .mention(PublicMember(id: members[index], username: names[members[index]]))
}
