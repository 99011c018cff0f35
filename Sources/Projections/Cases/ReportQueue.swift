package import Events
import GRDB
package import Messaging

/// The reported texts that wait for a decision, each once, however many reports it has.
package enum ReportQueue {
    package static let pageSize = 50

    package struct Entry: Sendable {
        /// The report that waits longest: the decision is made there, and answers the others.
        package let first: CaseID
        package let reports: Int
        package let reasons: [ReportReason]
        package let firstReported: Instant
        package let lastReported: Instant
        /// Since when the oldest unanswered question waits; nil when all are answered but not decided.
        package let askedAt: Instant?
        /// Whether a decision has been appealed against.
        package let isAppealed: Bool
        package let assignee: MemberID?
    }

    private static let waiting =
        "cases.matter = 'report' AND cases.phase <> 'closed' AND \(CaseConcerns.hidesFromReader)"

    package struct Queries {
        let source: QuerySource

        /// The texts whose reports the reader handles (P-08.2), the one due first at the top.
        package func page(_ page: Int, for reader: MemberID) throws -> [Entry] {
            try source.rows(
                """
                SELECT count(*) AS reports, group_concat(DISTINCT cases.detail) AS reasons,
                  min(cases.opened) AS first_opened, max(cases.opened) AS last_opened, min(cases.asked) AS asked,
                  max(r.decider IS NOT NULL) AS is_appealed, max(cases.assignee) AS assignee,
                  (SELECT s.id FROM reported_things s JOIN cases c ON c.id = s.id
                    WHERE s.thing = r.thing AND s.kind = r.kind AND c.phase <> 'closed'
                    ORDER BY c.asked IS NULL, c.asked, c.opened, c.id LIMIT 1) AS first
                FROM cases JOIN reported_things r ON r.id = cases.id WHERE \(waiting)
                GROUP BY r.kind, r.thing
                ORDER BY min(cases.asked) IS NULL, min(cases.asked), min(cases.opened), r.thing
                LIMIT \(pageSize) OFFSET ?
                """, [reader.column, (page - 1) * pageSize], Entry.init)
        }

        /// The number of texts.
        package func count(for reader: MemberID) throws -> Int { try count("", for: reader) }

        /// The number of texts with a question that waits for an answer.
        package func unanswered(for reader: MemberID) throws -> Int {
            try count("AND asked IS NOT NULL", for: reader)
        }

        private func count(_ condition: String, for reader: MemberID) throws -> Int {
            try source.count(
                .cached(
                    """
                    SELECT count(*) FROM (SELECT DISTINCT r.kind, r.thing FROM cases JOIN reported_things r ON r.id = cases.id
                      WHERE \(waiting) \(condition))
                    """), [reader.column])
        }

        /// The time of the newest report or appeal that waits for the reader.
        package func newest(for reader: MemberID) throws -> Instant? {
            try source.time(
                """
                SELECT max(cases.changed) FROM cases JOIN reported_things r ON r.id = cases.id
                WHERE \(waiting) AND asked IS NOT NULL
                """, [reader.column])
        }

        /// The open reports of one thing, the first at the top.
        package func cases(about thing: ReportedThing) throws -> [CaseID] {
            guard let (kind, id) = thing.columns else { return [] }
            return try source.ids(
                """
                SELECT r.id FROM reported_things r JOIN cases ON cases.id = r.id
                WHERE r.thing = ? AND r.kind = ? AND cases.matter = 'report' AND cases.phase <> 'closed'
                ORDER BY cases.asked IS NULL, cases.asked, cases.opened, r.id LIMIT 500
                """, [id, kind])
        }
    }
}

extension ReportQueue.Entry {
    fileprivate init(_ row: ViewRow) {
        first = row["first"]
        reports = row["reports"]
        let reasons: String? = row["reasons"]
        self.reasons = (reasons ?? "").split(separator: ",").compactMap { ReportReason(rawValue: String($0)) }
        firstReported = row["first_opened"]
        lastReported = row["last_opened"]
        askedAt = row["asked"]
        isAppealed = row["is_appealed"]
        assignee = row["assignee"]
    }
}

extension ReportedThing {
    /// As in `reported_things`; nil for a page, because no two reports of pages count as the same.
    fileprivate var columns: (kind: String, id: Int)? {
        switch self {
        case .post(let id): ("post", id.column)
        case .thread(let id): ("thread", id.column)
        case .member(let id): ("member", id.column)
        case .message(let id, in: _): ("message", id.column)
        case .page: nil
        }
    }
}
