import Accounts
package import Events
import Forum
import GRDB
import Messaging

/// The members whom each case concerns: its parties, the author of the reported text, the others in a reported conversation, and those
/// whose decision was appealed against. They do not handle the case (P-08.2), and lists, counts and the audit trail hide it from them.
///
/// Rows outlive their case: the trail names the case, and its reporter, for longer.
package enum CaseConcerns: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE case_concerns(
          id INTEGER NOT NULL,
          member INTEGER NOT NULL,
          PRIMARY KEY (id, member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX concerns_of_member ON case_concerns(member);
        -- The reported post, thread, message or member of each open case.
        CREATE TABLE reported_things(
          id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL CHECK (kind IN ('post', 'thread', 'member', 'message', 'other')),
          thing INTEGER NOT NULL,
          decider INTEGER
        ) STRICT;
        CREATE INDEX reports_of_thing ON reported_things(thing);
        -- Members who must not handle a case: those concerned by it or by another open report of the same text, since one decision answers both.
        CREATE VIEW case_bars AS
          SELECT id, member FROM case_concerns
          UNION
          SELECT r.id, c.member FROM case_concerns c JOIN reported_things s ON s.id = c.id
            JOIN cases ON cases.id = s.id AND cases.phase <> 'closed' JOIN reported_things r ON r.thing = s.thing;
        CREATE TABLE post_removals(
          post INTEGER NOT NULL,
          member INTEGER NOT NULL,
          PRIMARY KEY (post, member)
        ) STRICT, WITHOUT ROWID;
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts, .forum, .cases, .erasure]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .cases(let change):
            guard let id: CaseID = event.recorded.stream.id() else { return }
            try apply(change, to: id, by: event.recorded.actor.member, in: views)
        case .forum(.post(.removed(let post, _))):
            guard let moderator = event.recorded.actor.member else { return }
            try views.run(
                "INSERT INTO post_removals VALUES (?, ?) ON CONFLICT DO NOTHING", .id(post), .id(moderator))
        case .accounts(.member(.closing(.purged))):
            guard let member = event.member else { return }
            try views.run("DELETE FROM case_concerns WHERE member = ?", .id(member))
            try views.run("DELETE FROM post_removals WHERE member = ?", .id(member))
            try views.run("UPDATE reported_things SET decider = NULL WHERE decider = ?", .id(member))
        case .erasure(let erasure):
            guard case .owner(let owner) = erasure.scope, let id = owner.id(CaseKind.self) else { return }
            try views.run("DELETE FROM reported_things WHERE id = ?", .id(id))
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(
        _ event: CaseEvent, to id: CaseID, by actor: MemberID?, in views: ViewWriter
    ) throws {
        switch event {
        case .opened(let opening):
            if let opener = opening.opener { try views.concern(opener, by: id) }
            switch opening.topic {
            case .dispute(with: let other, _): try views.concern(other, by: id)
            case .report(_, let thing): try report(thing, in: id, views)
            case .support, .correction, .rights, .number: break
            }
            if opening.topic.matter != .report {
                try views.run("INSERT INTO reported_things(id, kind, thing) VALUES (?1, 'other', ?1)", .id(id))
            }
        case .identified(let member): try views.concern(member, by: id)
        case .decided(let decision):
            if let affected = decision.affected { try views.concern(affected, by: id) }
            try views.run(
                "UPDATE reported_things SET decider = ? WHERE id = ?", actor.map(SQLValue.id) ?? nil, .id(id))
        case .appealed:
            try views.run(
                """
                INSERT INTO case_concerns
                SELECT id, decider FROM reported_things WHERE id = ?1 AND decider IS NOT NULL
                UNION SELECT r.id, p.member FROM reported_things r JOIN post_removals p ON p.post = r.thing WHERE r.id = ?1
                ON CONFLICT DO NOTHING
                """, .id(id))
        case .contactGiven, .stated, .replied, .noted, .assigned, .warned, .closed, .reopened, .extended,
            .identityChecked, .mailSetAside, .mailFiled, .mailReceived, .answersDirected, .erased:
            break
        }
    }

    private static func report(_ thing: ReportedThing, in id: CaseID, _ views: ViewWriter) throws {
        switch thing {
        case .post(let post):
            try views.run(
                """
                INSERT INTO case_concerns SELECT ?, author FROM posts WHERE id = ? ON CONFLICT DO NOTHING
                """, .id(id), .id(post))
            try views.note("post", post, reportedIn: id)
        case .thread(let thread):
            if let author = try views.threads.state(of: thread, in: views)?.author { try views.concern(author, by: id) }
            try views.note("thread", thread, reportedIn: id)
        case .member(let member):
            try views.concern(member, by: id)
            try views.note("member", member, reportedIn: id)
        case .message(let message, in: let conversation):
            try views.run(
                """
                INSERT INTO case_concerns SELECT ?, member FROM conversation_members WHERE conversation = ?
                ON CONFLICT DO NOTHING
                """, .id(id), .id(conversation))
            try views.note("message", message, reportedIn: id)
        case .page: try views.note("other", id, reportedIn: id)
        }
    }
}

extension CaseConcerns {
    /// Excludes the cases that the reader may not handle; for statements that bind the reader once.
    static let hidesFromReader = "cases.id NOT IN (SELECT id FROM case_bars WHERE member = ?)"

    package struct Queries {
        let source: QuerySource

        /// The members whom open cases about a thing concern: they take no measure against it outside the case.
        package func members<Kind>(of thing: Identifier<Kind>) throws -> Set<MemberID> {
            Set(
                try source.ids(
                    """
                    SELECT c.member FROM reported_things r JOIN cases ON cases.id = r.id JOIN case_concerns c ON c.id = r.id
                    WHERE r.thing = ? AND cases.phase <> 'closed'
                    """, [thing.column]))
        }

        /// The open disputes that concern a member.
        package func disputes(of member: MemberID) throws -> [CaseID] {
            try source.ids(
                """
                SELECT cases.id FROM case_concerns c JOIN cases ON cases.id = c.id
                WHERE c.member = ? AND cases.matter = 'dispute' AND cases.phase <> 'closed'
                """, [member.column])
        }

        /// The members who may not handle a case, because it concerns them or because another open report of the same text does.
        package func members(barredFrom id: CaseID) throws -> Set<MemberID> {
            Set(try source.ids(.cached("SELECT member FROM case_bars WHERE id = ?"), [id.column]))
        }
    }
}

extension ViewWriter {
    fileprivate func concern(_ member: MemberID, by id: CaseID) throws {
        try run("INSERT INTO case_concerns VALUES (?, ?) ON CONFLICT DO NOTHING", .id(id), .id(member))
    }

    fileprivate func note<Kind>(_ kind: SQLValue, _ thing: Identifier<Kind>, reportedIn id: CaseID) throws {
        try run("INSERT INTO reported_things(id, kind, thing) VALUES (?, ?, ?)", .id(id), kind, .id(thing))
    }
}
