package import Events
import Projections
import Synchronization

/// A cache of the signed-in members, valid for one version of the views and of what they have read, because every response needs one.
package final class SignedInMembers: Sendable {
    private struct Known {
        var moment: ViewsVersion?
        var members: [MemberID: Entry] = [:]
    }

    private struct Entry {
        let member: SignedInMember
        /// Of what she has read: her counts change with it, while the views do not.
        let revision: Int?
    }

    private let application: Application
    private let requiresTwoFactor: Bool
    private let known = Mutex(Known())
    private static let most = 10_000

    /// - Parameter twoFactor: whether administrators must have a second factor.
    package init(of application: Application, requiringTwoFactor twoFactor: Bool) {
        self.application = application
        requiresTwoFactor = twoFactor
    }

    /// Empties the cache.
    package func forget() { known.withLock { $0 = Known() } }

    /// Nil if the id is not that of an active member.
    package func find(_ id: MemberID) throws -> SignedInMember? {
        // Taken before the query, so that the result is at least as new as the version.
        let moment = application.views.version
        let revision = application.reading.revision(of: id)
        let cached = known.withLock { $0.moment == moment ? $0.members[id] : nil }
        if let cached, cached.revision == revision, revision != nil { return cached.member }
        guard let member = try application.signedInMember(id, requiringTwoFactor: requiresTwoFactor) else { return nil }
        known.withLock { known in
            // Does not cache a result if the views have changed since.
            guard application.views.version == moment else { return }
            if known.moment != moment || known.members.count >= SignedInMembers.most { known = Known(moment: moment) }
            known.members[id] = Entry(member: member, revision: revision)
        }
        return member
    }
}
