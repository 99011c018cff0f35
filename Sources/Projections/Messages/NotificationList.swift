import Accounts
import Events
import Forum
import Messaging

/// Each member's notifications, and the threads and categories that she follows. Rows hold ids and kinds, never a text.
///
/// What was read is not in the log: queries about unread notifications take a member's `ReadMarkers`.
package enum NotificationList: ReadModel {
    static let version = 2

    /// These have counted a new post in its thread, removed a revoked role, and updated a case and the members it concerns.
    static let after: [any ReadModel.Type] = [
        ThreadList.self, MemberDirectory.self, CaseList.self, CaseConcerns.self,
    ]

    static let tables = """
        CREATE TABLE notices(
          -- The event's position. First in the key: a new row is appended at the end of the table.
          position INTEGER NOT NULL,
          member INTEGER NOT NULL,
          kind TEXT NOT NULL,
          -- The author of the post that was published or revised; NULL when the notification is about a decision.
          author INTEGER,
          post INTEGER,
          thread INTEGER,
          conversation INTEGER,
          case_id INTEGER,
          -- The reason of a moderator's decision.
          reason TEXT,
          time INTEGER NOT NULL,
          -- The position of the first report, for a notification of several (`reports-waiting`).
          first INTEGER,
          -- Nothing waits any more: it does not count as unread.
          is_settled INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (position, member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX notices_of_member ON notices(member, position);
        CREATE INDEX notices_of_reports ON notices(member) WHERE kind = 'reports-waiting';
        CREATE INDEX notices_of_case ON notices(case_id) WHERE case_id IS NOT NULL;
        -- Revisions that notifications are about.
        CREATE TABLE revisions_told_of(
          post INTEGER NOT NULL,
          position INTEGER NOT NULL,
          PRIMARY KEY (post, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE watches(
          thing INTEGER NOT NULL,
          is_thread INTEGER NOT NULL,
          member INTEGER NOT NULL,
          since INTEGER NOT NULL,
          PRIMARY KEY (thing, is_thread, member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX watches_of_member ON watches(member);
        -- Members who can be notified: those whose account is in use.
        CREATE TABLE notice_takers(member INTEGER PRIMARY KEY) STRICT;
        """

    static let indices = """
        CREATE INDEX unread_notices ON notices(member, position) WHERE is_settled = 0;
        CREATE INDEX notices_of_thread ON notices(member, thread, position) WHERE thread IS NOT NULL;
        """

    static let sources: Set<ProjectedEvent.Source> = [
        .accounts, .forum, .conversations, .notifications, .cases, .erasure,
    ]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .accounts(.staff(.roleRevoked(_, let member))): try forgetReports(of: member, in: views)
        case .accounts(.member(let account)):
            guard let member = event.member, let presence = account.presence else { return }
            try apply(presence, of: member, to: views)
        case .forum(let forum): try apply(forum, event.recorded, to: views)
        case .conversations(.opened(let id, _, _)): try tellParticipants(of: id, event.recorded, in: views)
        case .cases(.warned):
            guard let id: CaseID = event.recorded.stream.id() else { return }
            try tellHandlers(of: id, event.recorded, in: views)
        case .cases(let change): try apply(change, event.recorded, to: views)
        case .notifications(let notification): try apply(notification, at: event.recorded.time, to: views)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .accounts, .corrections, .oversight, .conversations, .mail, .newsletter, .other: break
        }
    }

    /// Subscriptions end with the account, the notifications with the erasure (P-16.5).
    private static func apply(_ presence: Presence, of member: MemberID, to views: ViewWriter) throws {
        views.recipients.forget(member)
        switch presence {
        case .came: try views.run("INSERT INTO notice_takers VALUES (?) ON CONFLICT DO NOTHING", .id(member))
        case .left: try end(member, in: views)
        case .purged:
            try end(member, in: views)
            try views.run("DELETE FROM notices WHERE member = ?", .id(member))
        }
    }

    private static func end(_ member: MemberID, in views: ViewWriter) throws {
        try views.run("DELETE FROM notice_takers WHERE member = ?", .id(member))
        try views.run("DELETE FROM watches WHERE member = ?", .id(member))
    }

    private static func apply(_ event: NotificationEvent, at time: Instant, to views: ViewWriter) throws {
        switch event {
        case .watched(let thing, let member):
            try views.run(
                "INSERT INTO watches VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", thing.column, .bool(thing.isThread),
                .id(member), .time(time))
        case .unwatched(let thing, let member):
            try views.run(
                "DELETE FROM watches WHERE thing = ? AND is_thread = ? AND member = ?", thing.column,
                .bool(thing.isThread), .id(member))
        case .opened, .read, .mailAsked, .digestAsked: break
        }
    }

    private static func tellParticipants(
        of id: ConversationID, _ recorded: RecordedEvent, in views: ViewWriter
    ) throws {
        try views.run(
            """
            INSERT INTO notices(member, position, kind, conversation, time)
            SELECT m.member, ?, 'opened', ?, ? FROM conversation_members m
            WHERE conversation = ? AND is_present = 1 AND m.member IN (SELECT member FROM notice_takers)
            """, .integer(recorded.position), .id(id), .time(recorded.time), .id(id))
    }

    /// Notifies those who may answer a question that has waited for long, whatever happens to the mail about it (P-18.2).
    private static func tellHandlers(of id: CaseID, _ recorded: RecordedEvent, in views: ViewWriter) throws {
        try views.run(
            """
            INSERT INTO notices(member, position, kind, case_id, time)
            SELECT DISTINCT r.member, ?, ?, cases.id, ? FROM cases JOIN member_roles r
              -- The roles of `CaseMatter.handlers`.
              ON r.role = 'administrator' OR (r.role = 'moderator' AND cases.matter = 'report')
            WHERE cases.id = ? AND r.member IN (SELECT member FROM notice_takers)
              AND r.member NOT IN (SELECT b.member FROM case_bars b WHERE b.id = cases.id)
            """, .integer(recorded.position), .text(NotificationKind.caseWaits.rawValue), .time(recorded.time), .id(id))
    }

    /// Notifications of a post or a case are deleted with it, whatever their kind.
    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner):
            try erasePosts(of: owner, from: views)
            if let id = owner.id(CaseKind.self) { try views.run("DELETE FROM notices WHERE case_id = ?", .id(id)) }
        case .kinds(let kinds, let owner): if kinds.contains(.post) { try erasePosts(of: owner, from: views) }
        case .subjects(let subjects):
            for subject in subjects where subject.kind == .post {
                try forget(subject.id(PostKind.self), in: views)
            }
        }
    }

    private static func erasePosts(of owner: Owner, from views: ViewWriter) throws {
        guard let author = owner.id(MemberKind.self) else { return }
        try views.run(
            """
            DELETE FROM notices WHERE author IS NOT NULL AND position IN (
              SELECT position FROM posts WHERE author = ?1
              UNION ALL SELECT r.position FROM posts JOIN revisions_told_of r ON r.post = posts.id WHERE author = ?1)
            """, .id(author))
        try views.run(
            "DELETE FROM revisions_told_of WHERE post IN (SELECT id FROM posts WHERE author = ?)", .id(author))
    }

    static func forget(_ post: PostID, in views: ViewWriter) throws {
        try views.run(
            """
            DELETE FROM notices WHERE author IS NOT NULL AND position IN (
              SELECT position FROM posts WHERE id = ?1
              UNION ALL SELECT position FROM revisions_told_of WHERE post = ?1)
            """, .id(post))
        try views.run("DELETE FROM revisions_told_of WHERE post = ?", .id(post))
    }
}

extension WatchedThing {
    var isThread: Bool {
        switch self {
        case .thread: true
        case .category: false
        }
    }

    var column: SQLValue {
        switch self {
        case .thread(let id): .id(id)
        case .category(let id): .id(id)
        }
    }
}
