package import Accounts
package import Events
import Foundation
package import GRDB

/// One browser in which a member is signed in.
package struct Session: Sendable, Identifiable {
    package let id: Int64
    package let member: MemberID
    package let created: Instant
    /// Exact to five minutes.
    package var seen: Instant
    /// What the member recognises it by: `Firefox på Windows`.
    package let device: String
    /// Of the pages read in it. It began with signing in and ends with the session (P-05.2).
    package let visit: VisitID

    /// So long a session may lie unused where no version of the policy says less.
    private static let idleDays = 30
    /// So long a session lives, however often it is used, where no version of the policy says it.
    private static let lifetimeDays = 90
    /// So seldom is `seen` written.
    static let seenStep: Int64 = 5 * 60 * 1000

    /// What was last used then, or before, is over: a policy can only end it sooner (P-16.5).
    /// - Parameter limit: by the policy; nil before the first.
    static func lastSeenOfIdle(at now: Instant, _ limit: Instant?) -> Instant {
        let idle = now.advanced(seconds: -Double(idleDays) * 86_400)
        return limit.map { max($0, idle) } ?? idle
    }

    /// What began then, or before, is over.
    /// - Parameter limit: by the policy; nil before the first.
    static func beginOfOutlived(at now: Instant, _ limit: Instant?) -> Instant {
        limit ?? now.advanced(seconds: -Double(lifetimeDays) * 86_400)
    }
}

/// Sessions that are over by the policy in force (P-12.1, P-16.5): last used, or begun, then or before.
package struct SessionLimits: Sendable {
    package let seen: Instant
    package let begun: Instant

    /// - Parameter policies: nil before the first.
    package init(at now: Instant, _ policies: PolicyCalendar?) {
        seen = Session.lastSeenOfIdle(at: now, policies?.limit(judgedAt: now, \.session))
        begun = Session.beginOfOutlived(at: now, policies?.limit(judgedAt: now, \.sessionLifetime))
    }
}

extension Session: FetchableRecord {
    package init(row: Row) throws {
        guard let member = MemberID(row["member"] as String) else {
            throw DatabaseError(message: "a session of no member")
        }
        id = row["id"]
        self.member = member
        created = Instant(milliseconds: row["created"])
        seen = Instant(milliseconds: row["seen"])
        device = row["device"]
        visit = VisitID(rawValue: UInt64(bitPattern: row["visit"]))
    }
}
