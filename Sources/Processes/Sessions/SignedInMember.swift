package import Accounts
package import Events
import Messaging
import Projections

/// The counts of what a member has not seen yet.
package struct Unread: Hashable, Sendable {
    package var messages = 0
    package var notifications = 0
    /// Reported texts that wait for the member's decision.
    package var reports = 0

    package var all: Int { messages + notifications + reports }
}

/// The facts about the signed-in member that the header and the handlers need.
package struct SignedInMember: Sendable {
    package let id: MemberID
    package let username: String
    package var roles: Set<Role> = []
    /// Whether a new version of a text has to be accepted before anything else (P-01.3).
    package var mustAcceptTexts = false
    /// Whether an administrator has to set up two-factor sign-in before anything else.
    package var mustSetUpTwoFactor = false
    package var unread = Unread()
    /// Which posts she has marked, and where she has drafts.
    package var saved = SavedPlaces.none
    /// Opens one of those drafts.
    package var draft: @Sendable (DraftPlace) throws -> Draft? = { _ in nil }

    /// Whether almost nothing is accessible before the member has done one of the two.
    package var isAtGate: Bool { mustAcceptTexts || mustSetUpTwoFactor }
}

extension Application {
    package func sessionLimit(at now: Instant) -> SessionLimits { SessionLimits(at: now, try? accounts.policies()) }

    /// Devices last used at or before this are not known; nil if the policy in force allows no known devices (P-08.6).
    package func deviceLimit(at now: Instant) throws -> Instant? {
        try accounts.policies().inForce(at: now)?.rules.knownDevice.map(now.subtracting)
    }

    /// Whether the gate is closed to a member (P-01.3), as of the views' position.
    private func mustAcceptTexts(_ id: MemberID, in snapshot: ViewsSnapshot) throws -> Bool {
        guard let accepted = try snapshot.textAcceptances.of(id) else { return false }
        let now = clock.now()
        let back = accepted.returnedAt
        return try accounts.policies().mustBeAccepted(after: accepted.policy, returnedAt: back, at: now)
            || accounts.terms().mustBeAccepted(after: accepted.terms, returnedAt: back, at: now)
    }

    /// Nil if the id is not that of an active member.
    /// - Parameter twoFactor: whether administrators must have a second factor.
    package func signedInMember(_ id: MemberID, requiringTwoFactor twoFactor: Bool = false) throws -> SignedInMember? {
        let (read, saved) = (try readMarkers(of: id), try reading.savedPlaces(of: id))
        return try views.read { snapshot -> SignedInMember? in
            guard let username = try snapshot.members.username(of: id) else { return nil }
            let roles = Set(try snapshot.members.roles(of: id))
            return SignedInMember(
                id: id, username: username, roles: roles,
                mustAcceptTexts: try mustAcceptTexts(id, in: snapshot),
                mustSetUpTwoFactor: try twoFactor && roles.contains(.administrator)
                    && accounts.member(id).active?.twoFactor == nil,
                unread: Unread(
                    messages: try snapshot.conversations.unread(of: id, having: read),
                    notifications: try snapshot.notifications.unread(of: id, having: read),
                    reports: try roles.isDisjoint(with: CaseMatter.report.handlers)
                        ? 0 : snapshot.reports.unanswered(for: id)),
                saved: saved, draft: { [reading] in try reading.draft(at: $0, of: id) })
        }
    }
}
