import Events
import Messaging

/// Notifies those who decide that reports wait for them: each has one notification, however many there are. A further report moves it to its
/// own position, so that it is unread again for those who had looked.
extension NotificationList {
    static func apply(_ event: CaseEvent, _ recorded: RecordedEvent, to views: ViewWriter) throws {
        guard let id: CaseID = recorded.stream.id() else { return }
        switch event {
        case .opened(let opening):
            guard opening.topic.matter == .report, opening.channel != .staff else { return }
            try tellOfReports(of: id, recorded, in: views)
        case .appealed: try tellOfReports(of: id, recorded, in: views)
        case .decided, .closed, .erased: try settleReports(in: views)
        case .contactGiven, .stated, .replied, .noted, .assigned, .warned, .reopened, .extended, .identityChecked,
            .identified, .mailSetAside, .mailReceived, .mailFiled, .answersDirected:
            break
        }
    }

    /// Leaves out everybody whom the case concerns (P-08.2). `CaseList` and `CaseConcerns` have applied the event already.
    private static func tellOfReports(of id: CaseID, _ recorded: RecordedEvent, in views: ViewWriter) throws {
        try views.run(
            """
            INSERT INTO notices(member, position, kind, first, time)
            SELECT DISTINCT r.member, ?1, 'reports-waiting',
              coalesce((SELECT min(first) FROM notices n WHERE n.member = r.member AND n.kind = 'reports-waiting'), ?1), ?2
            FROM member_roles r
              JOIN notice_takers t ON t.member = r.member JOIN cases ON cases.id = ?3 AND cases.matter = 'report'
            WHERE r.role IN ('moderator', 'administrator') AND r.member NOT IN (SELECT member FROM case_bars WHERE id = ?3)
            ORDER BY r.member
            """, .integer(recorded.position), .time(recorded.time), .id(id))
        try views.run(
            """
            DELETE FROM notices WHERE kind = 'reports-waiting' AND position < ?1
              AND member IN (SELECT member FROM notices n WHERE n.position = ?1)
            """, .integer(recorded.position))
    }

    /// Nothing waits any more.
    private static func settleReports(in views: ViewWriter) throws {
        try views.run(
            """
            UPDATE notices SET is_settled = 1 WHERE kind = 'reports-waiting' AND is_settled = 0 AND NOT EXISTS (
              SELECT 1 FROM cases WHERE cases.matter = 'report' AND cases.phase <> 'closed'
                AND cases.id NOT IN (SELECT id FROM case_bars b WHERE b.member = notices.member))
            """)
    }

    /// Deletes notifications that lead nowhere once the role is revoked.
    static func forgetReports(of member: MemberID, in views: ViewWriter) throws {
        try views.run(
            """
            DELETE FROM notices WHERE member = ?1 AND kind IN ('reports-waiting', 'case-waits') AND NOT EXISTS (
              SELECT 1 FROM member_roles WHERE member = ?1 AND role IN ('moderator', 'administrator'))
            """, .id(member))
    }
}
