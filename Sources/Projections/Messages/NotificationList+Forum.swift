import Events
import Forum
import Messaging

/// Why a member is notified.
package enum NotificationKind: String, ClosedCode, CaseIterable {
    /// The reader's name stands in a post.
    case mention
    /// The reader's own words are quoted in a post.
    case quote
    /// An answer in a thread that the reader began.
    case reply
    case watchedThread = "watched-thread"
    case watchedCategory = "watched-category"
    case postRemoved = "post-removed"
    case postReinstated = "post-reinstated"
    case postErased = "post-erased"
    case threadClosed = "thread-closed"
    case threadReopened = "thread-reopened"
    case threadMoved = "thread-moved"
    case threadRetitled = "thread-retitled"
    case titleErased = "title-erased"
    /// An administrator has read a message in the reader's conversation.
    case opened
    /// A report, or an appeal against a decision, waits for the reader.
    case reportsWaiting = "reports-waiting"
    /// A question that the reader may answer has waited for long.
    case caseWaits = "case-waits"
}

extension NotificationList {
    static func apply(_ event: ForumEvent, _ recorded: RecordedEvent, to views: ViewWriter) throws {
        switch event {
        case .post(.published(let post, let thread, let author, let body)):
            // An erased body notifies no member, so that a rebuild gives the same rows.
            guard let body = body.value else { return }
            try NotificationFanOut(recorded, post, thread, author, views).tell(body)
        case .post(.revised(let post, let author, _, _, let body)):
            guard let body = body.value,
                let thread = try views.integer("SELECT thread FROM posts WHERE id = ?", .id(post))
            else { return }
            try NotificationFanOut(recorded, post, ThreadID(column: Int64(thread)), author, views).tellNewlyNamed(
                in: body)
        case .post(.deleted(let post)), .post(.deletionCompleted(let post, fence: _)): try forget(post, in: views)
        // A rebuild does not know whom an erased revision named.
        case .post(.revisionDeleted(let post, _)): try forget(post, in: views)
        case .post(.removed(let post, let reason)):
            try forget(post, in: views)
            try decide(.postRemoved, reason.rawValue, on: post, recorded, in: views)
        case .post(.reinstated(let post)): try decide(.postReinstated, on: post, recorded, in: views)
        case .post(.erased(let post, _, let reason)):
            try forget(post, in: views)
            try decide(.postErased, reason.rawValue, on: post, recorded, in: views)
        case .thread(.closed(let thread)): try decide(.threadClosed, on: thread, recorded, in: views)
        case .thread(.reopened(let thread)): try decide(.threadReopened, on: thread, recorded, in: views)
        case .thread(.moved(let thread, _, _)): try decide(.threadMoved, on: thread, recorded, in: views)
        case .thread(.retitled(let thread, _, _)): try decide(.threadRetitled, on: thread, recorded, in: views)
        case .thread(.titleErased(let thread, _, let reason)):
            try decide(.titleErased, reason.rawValue, on: thread, recorded, in: views)
        case .category, .thread(.opened), .thread(.pinned), .thread(.unpinned), .post(.restored),
            .post(.revisionRestored), .post(.revisionDeletionCompleted):
            break
        }
    }

    /// Notifies the author of a post of another person's decision about it.
    private static func decide(
        _ kind: NotificationKind, _ reason: String? = nil, on post: PostID, _ recorded: RecordedEvent,
        in views: ViewWriter
    ) throws {
        try views.run(
            """
            INSERT INTO notices(member, position, kind, post, thread, reason, time)
            SELECT author, ?, ?, id, thread, ?, ? FROM posts
            WHERE id = ? AND author IS NOT ? AND author IN (SELECT member FROM notice_takers)
            """, .integer(recorded.position), .text(kind.rawValue), .optional(reason), .time(recorded.time), .id(post),
            recorded.actorColumn)
    }

    private static func decide(
        _ kind: NotificationKind, _ reason: String? = nil, on thread: ThreadID, _ recorded: RecordedEvent,
        in views: ViewWriter
    ) throws {
        try views.run(
            """
            INSERT INTO notices(member, position, kind, thread, reason, time)
            SELECT author, ?, ?, id, ?, ? FROM threads
            WHERE id = ? AND author IS NOT ? AND author IN (SELECT member FROM notice_takers)
            """, .integer(recorded.position), .text(kind.rawValue), .optional(reason), .time(recorded.time),
            .id(thread), recorded.actorColumn)
    }
}

/// The recipients of the notification of a post: each gets it once, for the reason that concerns her most.
private struct NotificationFanOut {
    let recorded: RecordedEvent
    let post: PostID
    let thread: ThreadID
    let author: MemberID
    let views: ViewWriter

    init(_ recorded: RecordedEvent, _ post: PostID, _ thread: ThreadID, _ author: MemberID, _ views: ViewWriter) {
        self.recorded = recorded
        self.post = post
        self.thread = thread
        self.author = author
        self.views = views
    }

    func tell(_ body: PostBody) throws {
        for reader in try named(in: body) { try tell(reader) }
        for reader in try readers() { try tell(reader) }
    }

    /// A revision notifies only those whose name or words came into the text, and who got no notification of the post before.
    func tellNewlyNamed(in body: PostBody) throws {
        let told = Set(
            try views.integers(
                """
                SELECT member FROM notices WHERE author IS NOT NULL AND position IN (
                  SELECT position FROM posts WHERE id = ?1
                  UNION ALL SELECT position FROM revisions_told_of WHERE post = ?1)
                """, .id(post)))
        for reader in try named(in: body) where !told.contains(reader.member) { try tell(reader) }
        try views.run(
            "INSERT INTO revisions_told_of SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM notices WHERE position = ?2)",
            .id(post), .integer(recorded.position))
    }

    private struct Reader {
        let member: Int
        let kind: NotificationKind
    }

    private func named(in body: PostBody) throws -> [Reader] {
        var named = body.mentions.map { Reader(member: $0.column, kind: .mention) }
        for quote in body.quotes {
            guard let author = try views.integer("SELECT author FROM posts WHERE id = ?", .id(quote.post)) else {
                continue
            }
            named.append(Reader(member: author, kind: .quote))
        }
        return named
    }

    /// The member who began the thread and those who follow it; for its first post also those who follow the category.
    private func readers() throws -> [Reader] {
        guard let state = try views.threads.state(of: thread, in: views) else { return [] }
        var readers = [Reader(member: state.author.column, kind: .reply)]
        for member in try watching(.thread(thread)) { readers.append(Reader(member: member, kind: .watchedThread)) }
        if state.posts == 1 {
            for member in try watching(.category(state.category)) {
                readers.append(Reader(member: member, kind: .watchedCategory))
            }
        }
        return readers
    }

    private func watching(_ thing: WatchedThing) throws -> [Int] {
        try views.integers(
            "SELECT member FROM watches WHERE thing = ? AND is_thread = ?", thing.column, .bool(thing.isThread))
    }

    /// Skips the author, and readers who have blocked the author.
    private func tell(_ reader: Reader) throws {
        guard reader.member != author.column, try views.recipients.takes(reader.member, from: author.column, in: views)
        else { return }
        try views.run(
            """
            INSERT INTO notices(member, position, kind, author, post, thread, time) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """, .integer(reader.member), .integer(recorded.position), .text(reader.kind.rawValue), .id(author),
            .id(post), .id(thread), .time(recorded.time))
    }
}

extension RecordedEvent {
    /// The acting member, for comparison with a member's column.
    fileprivate var actorColumn: SQLValue {
        if case .member(let id) = actor { .id(id) } else { nil }
    }
}
