package import Events
import GRDB

/// When data was erased: a member may ask for the date, and otherwise the whole log would have to be searched.
package enum ErasureDates: ReadModel {
    static let version = 2

    static let tables = """
        CREATE TABLE erased_subjects(subject TEXT NOT NULL PRIMARY KEY, time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE erased_kinds(
          owner TEXT NOT NULL,
          kind TEXT NOT NULL,
          time INTEGER NOT NULL,
          PRIMARY KEY (owner, kind)
        ) STRICT, WITHOUT ROWID;
        """

    static let sources: Set<ProjectedEvent.Source> = [.erasure]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .erasure(let erasure): try note(erasure.scope, at: event.recorded.time, in: views)
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .cases, .mail, .newsletter,
            .other:
            break
        }
    }

    private static func note(_ scope: Erasure.Scope, at time: Instant, in views: ViewWriter) throws {
        switch scope {
        case .owner(let owner): try note(SubjectKind.allCases, of: owner, at: time, in: views)
        case .kinds(let kinds, let owner): try note(kinds, of: owner, at: time, in: views)
        case .subjects(let subjects):
            for subject in subjects {
                try views.run(
                    "INSERT INTO erased_subjects VALUES (?, ?) ON CONFLICT DO NOTHING", .text(subject.description),
                    .time(time))
            }
        }
    }

    private static func note(_ kinds: [SubjectKind], of owner: Owner, at time: Instant, in views: ViewWriter) throws {
        for kind in kinds {
            try views.run(
                "INSERT INTO erased_kinds VALUES (?, ?, ?) ON CONFLICT DO NOTHING", .text(owner.description),
                .text(kind.rawValue), .time(time))
        }
    }
}

extension ErasureDates {
    package struct Queries {
        let source: QuerySource

        /// Nil when it is not erased.
        package func date(of subject: Subject, of owner: Owner) throws -> Instant? {
            try source.time(
                """
                SELECT min(time) FROM (
                  SELECT time FROM erased_subjects WHERE subject = ?
                  UNION ALL SELECT time FROM erased_kinds WHERE owner = ? AND kind = ?)
                """, [subject.description, owner.description, subject.kind.rawValue])
        }
    }
}
