import Accounts
import Events
import Messaging

/// The cases: the state of each, its assignee, and since when which question waits (P-18.2). Never their contents.
package enum CaseList: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE cases(
          id INTEGER PRIMARY KEY,
          matter TEXT NOT NULL,
          -- The requested right, or the reason of a report.
          detail TEXT,
          opener INTEGER,
          other INTEGER,
          opened INTEGER NOT NULL,
          changed INTEGER NOT NULL,
          phase TEXT NOT NULL,
          -- When the oldest open question was asked.
          asked INTEGER,
          warnings INTEGER NOT NULL DEFAULT 0,
          is_extended INTEGER NOT NULL DEFAULT 0,
          assignee INTEGER,
          aside INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX cases_of_opener ON cases(opener) WHERE opener IS NOT NULL;
        CREATE INDEX cases_of_other ON cases(other) WHERE other IS NOT NULL;
        CREATE TABLE case_questions(
          id INTEGER NOT NULL,
          asked INTEGER NOT NULL,
          party TEXT NOT NULL,
          matter TEXT NOT NULL,
          warnings INTEGER NOT NULL DEFAULT 0,
          answered INTEGER,
          PRIMARY KEY (id, asked, party)
        ) STRICT, WITHOUT ROWID;
        """

    static let indices = """
        CREATE INDEX cases_by_change ON cases(changed DESC, id);
        CREATE INDEX cases_asked ON cases(asked) WHERE asked IS NOT NULL;
        CREATE INDEX open_cases ON cases(matter, id) WHERE phase <> 'closed';
        CREATE INDEX case_questions_by_time ON case_questions(asked);
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts, .erasure, .cases]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .cases(let change):
            guard let id: CaseID = event.recorded.stream.id() else { return }
            try apply(change, to: id, at: event.recorded.time, in: views)
        case .accounts(.member(.closing(.purged))):
            guard let member = event.member else { return }
            try views.run("UPDATE cases SET opener = NULL WHERE opener = ?", .id(member))
            try views.run("UPDATE cases SET other = NULL WHERE other = ?", .id(member))
            try views.run("UPDATE cases SET assignee = NULL WHERE assignee = ?", .id(member))
        case .erasure(let erasure):
            guard case .owner(let owner) = erasure.scope, let id = owner.id(CaseKind.self) else { return }
            try views.run("DELETE FROM cases WHERE id = ?", .id(id))
            try views.run("DELETE FROM case_questions WHERE id = ?", .id(id))
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(_ event: CaseEvent, to id: CaseID, at time: Instant, in views: ViewWriter) throws {
        switch event {
        case .opened(let opening):
            try open(opening, in: views)
            if opening.channel != .staff { try views.ask(id, by: .opener, at: time, phase: .open) }
        case .stated(let addition):
            try views.run("UPDATE cases SET changed = ? WHERE id = ?", .time(time), .id(id))
            if addition.asks { try views.ask(id, by: addition.party, at: time, phase: .reopened) }
        case .replied(let answer):
            for party in answer.audience.parties { try views.answer(id, party, at: time) }
            try views.move(id, to: answer.awaits ? .waiting : .answered, at: time)
        case .closed:
            // Logs from before cases with an open question could not be closed: it is counted neither as answered nor as waiting.
            try views.run("DELETE FROM case_questions WHERE id = ? AND answered IS NULL", .id(id))
            try views.noteWaiting(in: id)
            try views.move(id, to: .closed, at: time)
        case .decided(let decision):
            for party in CaseParty.allCases { try views.answer(id, party, at: time) }
            if let affected = decision.affected {
                try views.run("UPDATE cases SET other = coalesce(other, ?) WHERE id = ?", .id(affected), .id(id))
            }
            try views.move(id, to: .closed, at: time)
        case .reopened: try views.move(id, to: .reopened, at: time)
        case .appealed(_, by: let party): try views.ask(id, by: party, at: time, phase: .reopened)
        case .assigned(let member):
            try views.run("UPDATE cases SET assignee = ? WHERE id = ?", member.map(SQLValue.id) ?? nil, .id(id))
        case .warned(let step):
            try views.run(
                """
                UPDATE case_questions SET warnings = ?1 WHERE id = ?2 AND answered IS NULL AND (asked, party) =
                  (SELECT asked, party FROM case_questions WHERE id = ?2 AND answered IS NULL ORDER BY asked, party LIMIT 1)
                """, .integer(step), .id(id))
            try views.noteWaiting(in: id)
        case .extended: try views.run("UPDATE cases SET is_extended = 1 WHERE id = ?", .id(id))
        case .identified(let member): try views.run("UPDATE cases SET opener = ? WHERE id = ?", .id(member), .id(id))
        case .mailSetAside:
            try views.run("UPDATE cases SET aside = aside + 1, changed = ? WHERE id = ?", .time(time), .id(id))
        case .mailFiled(_, let asks):
            try views.run("UPDATE cases SET aside = aside - 1 WHERE id = ?", .id(id))
            if asks { try views.ask(id, by: .opener, at: time, phase: .reopened) }
        // The erasure appended with it deletes the case.
        case .erased: break
        case .contactGiven, .noted, .identityChecked, .mailReceived, .answersDirected: break
        }
    }

    private static func open(_ opening: CaseOpening, in views: ViewWriter) throws {
        let (detail, other): (SQLValue, SQLValue) =
            switch opening.topic {
            case .support, .correction, .number: (nil, nil)
            case .report(let reason, _): (.text(reason.rawValue), nil)
            case .dispute(with: let other, _): (nil, .id(other))
            case .rights(let right): (.text(right.rawValue), nil)
            }
        try views.run(
            """
            INSERT INTO cases(id, matter, detail, opener, other, opened, changed, phase) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, .id(opening.id), .text(opening.topic.matter.rawValue), detail,
            opening.opener.map(SQLValue.id) ?? nil, other, .time(opening.at), .time(opening.at),
            .text(Phase.open.rawValue))
    }

    /// As a list shows it, without dates.
    package enum Phase: String, CaseIterable, Sendable { case open, answered, waiting, closed, reopened }
}

extension ViewWriter {
    /// A question asked while an earlier one of the same party waits is answered together with it.
    fileprivate func ask(_ id: CaseID, by party: CaseParty, at time: Instant, phase: CaseList.Phase) throws {
        try run(
            """
            INSERT INTO case_questions(id, asked, party, matter) SELECT id, ?1, ?2, matter FROM cases WHERE id = ?3
              AND NOT EXISTS (SELECT 1 FROM case_questions WHERE id = ?3 AND party = ?2 AND answered IS NULL)
            ON CONFLICT DO NOTHING
            """, .time(time), .text(party.rawValue), .id(id))
        try noteWaiting(in: id)
        try move(id, to: phase, at: time)
    }

    fileprivate func answer(_ id: CaseID, _ party: CaseParty, at time: Instant) throws {
        try run(
            "UPDATE case_questions SET answered = ? WHERE id = ? AND party = ? AND answered IS NULL", .time(time),
            .id(id), .text(party.rawValue))
        try noteWaiting(in: id)
    }

    /// Notes which question of a case has waited longest.
    fileprivate func noteWaiting(in id: CaseID) throws {
        try run(
            """
            UPDATE cases SET
              asked = (SELECT min(asked) FROM case_questions q WHERE q.id = ?1 AND answered IS NULL),
              warnings = coalesce((SELECT q.warnings FROM case_questions q WHERE q.id = ?1 AND answered IS NULL
                ORDER BY q.asked, q.party LIMIT 1), 0)
            WHERE cases.id = ?1
            """, .id(id))
    }

    fileprivate func move(_ id: CaseID, to phase: CaseList.Phase, at time: Instant) throws {
        try run("UPDATE cases SET phase = ?, changed = ? WHERE id = ?", .text(phase.rawValue), .time(time), .id(id))
    }
}
