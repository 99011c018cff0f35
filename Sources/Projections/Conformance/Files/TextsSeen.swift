import Accounts
import Events
import Forum
import GRDB

/// The texts that the views held at a position.
struct TextsSeen: SeenFile {
    struct Post: Sendable {
        let author: MemberID
        let subject: Subject
        let isVisible: Bool
        let hasBody: Bool
    }

    let position: Int
    var posts: [PostID: Post] = [:]
    var titles: [ThreadID: MemberID] = [:]
    var quotes: [(source: PostID, subject: Subject)] = []
    /// Columns outside members' own texts in which a personal identity number was found.
    var numbers: [String] = []

    /// The posts that were deleted, removed or erased, by the log up to here.
    private var hidden: [PostID: Set<Hiding>] = [:]

    private enum Hiding { case deleted, removed, erased }

    static let checks: [InvariantName] = [.viewsForgetTheErased, .viewsHoldNoNumber]

    init(position: Int) { self.position = position }

    init(in views: ViewsSnapshot, today: Instant) throws {
        position = try views.position
        try views.source.forEachRow(
            "SELECT id, author, subject, state = 'visible' AS is_visible, body IS NOT NULL AS has_body FROM posts"
        ) { row in
            let id: PostID = row["id"]
            let revision: PostID? = row["subject"]
            posts[id] = Post(
                author: row["author"], subject: revision.map { Subject(.revision, $0) } ?? Subject(.post, id),
                isVisible: row["is_visible"], hasBody: row["has_body"])
        }
        try views.source.forEachRow(
            "SELECT id, author FROM threads WHERE title IS NOT NULL OR folded IS NOT NULL"
        ) { titles[$0["id"]] = $0["author"] }
        try views.source.forEachRow("SELECT source, subject FROM quotes WHERE body IS NOT NULL") { row in
            let source: PostID = row["source"]
            let revision: PostID? = row["subject"]
            quotes.append((source, revision.map { Subject(.revision, $0) } ?? Subject(.post, source)))
        }
        numbers = try views.columnsWithNumbers(at: today)
    }

    mutating func take(_ event: AuditedEvent) {
        guard case .forum(.post(let post)) = event.kind else { return }
        switch post {
        case .deleted(let id): hidden[id, default: []].insert(.deleted)
        case .restored(let id): hidden[id]?.remove(.deleted)
        case .removed(let id, _): hidden[id, default: []].insert(.removed)
        case .reinstated(let id): hidden[id]?.remove(.removed)
        case .erased(let id, _, _), .deletionCompleted(let id, _): hidden[id, default: []].insert(.erased)
        case .published, .revised, .revisionDeleted, .revisionRestored, .revisionDeletionCompleted: break
        }
    }

    func check(_ history: History, at _: Instant, _ found: inout FoundViolations) {
        for (id, post) in posts.sorted(by: { $0.key < $1.key }) {
            if post.hasBody, history.fences.cover(post.subject, of: Owner(post.author)) {
                found.add(.viewsForgetTheErased, "an erased text is kept", at: position, of: post.author)
            }
            if post.isVisible, hidden[id]?.isEmpty == false {
                found.add(.viewsForgetTheErased, "a deleted or removed text is shown", at: position, of: post.author)
            }
        }
        for (id, author) in titles.sorted(by: { $0.key < $1.key })
        where history.fences.cover(Subject(.thread, id), of: Owner(author)) {
            found.add(.viewsForgetTheErased, "an erased title is kept", at: position, of: author)
        }
        for quote in quotes {
            guard let author = posts[quote.source]?.author,
                history.fences.cover(quote.subject, of: Owner(author))
            else { continue }
            found.add(.viewsForgetTheErased, "a quote of an erased text is kept", at: position, of: author)
        }
        for place in numbers {
            found.add(.viewsHoldNoNumber, "\(place) has a personal identity number", at: position)
        }
    }
}

extension ViewsSnapshot {
    /// What members have written themselves may hold anything; the guard before publishing and the masks of staff pages deal with it.
    private static let ownTexts: Set<String> = [
        "posts.body", "quotes.body", "threads.title", "threads.folded", "categories.name", "categories.description",
    ]

    /// The columns outside members' own texts in which some value is, or has, a personal identity number.
    fileprivate func columnsWithNumbers(at time: Instant) throws -> [String] {
        var found: [String] = []
        let columns = try Row.fetchAll(
            database,
            sql: """
                SELECT m.name AS tbl, c.name AS col FROM sqlite_schema m, pragma_table_info(m.name) c
                WHERE m.type = 'table' AND c.type = 'TEXT' ORDER BY 1, 2
                """)
        for column in columns {
            let (table, name) = (column["tbl"] as String, column["col"] as String)
            guard !ViewsSnapshot.ownTexts.contains("\(table).\(name)") else { continue }
            let values = try String.fetchCursor(
                database,
                sql: """
                    SELECT DISTINCT \(name.quotedDatabaseIdentifier) FROM \(table.quotedDatabaseIdentifier)
                    WHERE \(name.quotedDatabaseIdentifier) GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9]*'
                    """)
            while let value = try values.next() {
                guard PersonalIdentityNumber.isIn(value, at: time) else { continue }
                found.append("\(table).\(name)")
                break
            }
        }
        return found
    }
}

extension PersonalIdentityNumber {
    /// Whether a text is a number, with a date until then and the right control digit.
    static func isOne(_ text: String, at time: Instant) -> Bool {
        (try? PersonalIdentityNumber(text, today: time.stockholmDate)) != nil
    }

    /// Whether a text has a number as a word of its own.
    fileprivate static func isIn(_ text: String, at time: Instant) -> Bool {
        text.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "+") }.contains { isOne(String($0), at: time) }
    }
}
