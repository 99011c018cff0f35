package import Accounts
package import Events
package import Forum
import GRDB

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
        /// Counted from 1 within the thread; never changes.
        package let number: Int
        package let author: PublicMember
        /// The role shown to readers: administrator or moderator.
        package let authorRole: Role?
        package let published: Instant
        package let revised: Instant?
        package let body: Body
    }

    package enum Body: Sendable {
        case visible([Segment])
        /// Deleted by its author at that time.
        case deleted(Instant?)
        case removed(RemovalReason)
        case erased
    }

    package enum Segment: Sendable {
        case html(SafeHTML)
        case mention(PublicMember)
        case quote(Quoted)
    }

    /// What was quoted, rendered from its source; without text when the viewer may not read it or it is gone.
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

    /// - Parameter number: of an existing page.
    init(_ thread: ThreadList.Entry, _ number: Int, for audience: Audience, in views: ViewsSnapshot) throws {
        self.thread = thread
        self.number = number
        let rows = try PostRow.fetch(thread.id, from: (number - 1) * ThreadPage.size + 1, in: views)
        let quotes = try QuoteRow.fetch(thread.id, rows, for: audience, in: views)
        let mentioned = rows.flatMap(\.mentions) + quotes.values.flatMap { $0 }.flatMap(\.mentions)
        let names = try views.members.usernames(of: mentioned)
        posts = rows.map { $0.post(quotes: quotes[$0.id] ?? [], names: names) }
    }
}

extension ThreadPosts.Queries {
    /// The first post of a thread, without what it quotes.
    package func opening(of thread: ThreadID) throws -> ThreadPage.Post? {
        try source.read { snapshot in
            guard let row = try PostRow.fetch(thread, from: 1, count: 1, in: snapshot).first else { return nil }
            return row.post(quotes: [], names: try snapshot.members.usernames(of: row.mentions))
        }
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
    let deleted: Instant?
    let reason: RemovalReason?
    let body: String?
    let mentions: [MemberID]

    static func fetch(
        _ thread: ThreadID, from number: Int, count: Int = ThreadPage.size, in views: ViewsSnapshot
    ) throws -> [PostRow] {
        try views.source.rows(
            .cached(
                """
                SELECT posts.id, number, author, username, \(PublicMember.roleColumn) AS role, published, revised, state, deleted,
                  reason,
                  body, mentions
                FROM posts LEFT JOIN members ON members.id = author
                WHERE thread = ? AND number BETWEEN ? AND ? ORDER BY number
                """), [thread.column, number, number + count - 1], PostRow.init)
    }

    private init(_ row: ViewRow) {
        id = row["id"]
        number = row["number"]
        author = PublicMember(id: row["author"], username: row["username"])
        authorRole = row.code("role")
        published = row["published"]
        revised = row["revised"]
        state = row["state"]
        deleted = row["deleted"]
        reason = row.code("reason")
        body = row["body"]
        mentions = MentionedMembers.ids(row["mentions"])
    }

    func post(quotes: [QuoteRow], names: [MemberID: String]) -> ThreadPage.Post {
        ThreadPage.Post(
            id: id, number: number, author: author, authorRole: authorRole, published: published, revised: revised,
            body: shownBody(quotes, names))
    }

    private func shownBody(_ quotes: [QuoteRow], _ names: [MemberID: String]) -> ThreadPage.Body {
        switch state {
        case "deleted": return .deleted(deleted)
        case "removed": return .removed(reason ?? .other)
        // An erased post has no body, whatever erased it.
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

    /// A quote shows its text only while its source exists and the viewer may read it.
    static func fetch(
        _ thread: ThreadID, _ posts: [PostRow], for audience: Audience, in views: ViewsSnapshot
    ) throws -> [PostID: [QuoteRow]] {
        guard let first = posts.first, let last = posts.last else { return [:] }
        var quotes: [PostID: [QuoteRow]] = [:]
        try views.source.forEachRow(
            .cached(
                """
                SELECT q.post, q.source, s.author, m.username,
                  CASE WHEN s.state = 'visible' AND (? OR c.audience = 'public') AND NOT EXISTS (
                    SELECT 1 FROM deleted_revisions d WHERE d.post = q.source AND d.revision = q.revision)
                  THEN q.body END AS body, q.mentions
                FROM posts p JOIN quotes q ON q.post = p.id LEFT JOIN posts s ON s.id = q.source
                  LEFT JOIN threads t ON t.id = s.thread LEFT JOIN categories c ON c.id = t.category
                  LEFT JOIN members m ON m.id = s.author
                WHERE p.thread = ? AND p.number BETWEEN ? AND ? ORDER BY q.post, q.place
                """), [audience == .members, thread.column, first.number, last.number]
        ) { row in
            quotes[row["post"], default: []].append(QuoteRow(row))
        }
        return quotes
    }

    private init(_ row: ViewRow) {
        source = row["source"]
        author = (row["author"] as MemberID?).map { PublicMember(id: $0, username: row["username"]) }
        body = row["body"]
        mentions = MentionedMembers.ids(row["mentions"])
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
