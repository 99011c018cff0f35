package import Accounts
package import Events
import Foundation
package import GRDB

/// A browser in which a member is signed in.
package struct Session: Sendable, Identifiable {
    package let id: Int64
    package let member: MemberID
    package let created: Instant
    /// Exact to five minutes.
    package var seen: Instant
    /// The name by which the member recognises it: `Firefox på Windows`.
    package let device: String
    /// The visit number of the pages read in this session, from signing in to its end (P-05.2).
    package let visit: VisitID

    /// Maximum days without use; a policy can only shorten it.
    private static let idleDays = 30
    /// Maximum lifetime in days, regardless of use, where the policy sets none.
    private static let lifetimeDays = 90
    /// Minimum interval in milliseconds between updates of `seen`.
    static let seenStep: Int64 = 5 * 60 * 1000

    /// Sessions last used at or before this are over; the policy can only end them sooner (P-16.5).
    /// - Parameter limit: the policy's; nil before the first policy.
    static func lastSeenOfIdle(at now: Instant, _ limit: Instant?) -> Instant {
        let idle = now.advanced(seconds: -Double(idleDays) * 86_400)
        return limit.map { max($0, idle) } ?? idle
    }

    /// Sessions begun at or before this are over.
    /// - Parameter limit: the policy's; nil before the first policy.
    static func beginOfOutlived(at now: Instant, _ limit: Instant?) -> Instant {
        limit ?? now.advanced(seconds: -Double(lifetimeDays) * 86_400)
    }
}

/// The limits of the policy in force (P-12.1, P-16.5): a session last used or begun at or before them is over.
package struct SessionLimits: Sendable {
    package let seen: Instant
    package let begun: Instant

    /// - Parameter policies: nil before the first policy.
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
