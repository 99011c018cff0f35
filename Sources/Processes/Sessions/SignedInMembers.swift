package import Events
import Projections
import Synchronization

/// The members who are signed in, looked up once as long as the views stay the same: every answer asks for one.
package final class SignedInMembers: Sendable {
    private struct Known {
        var moment: ViewsVersion?
        var members: [MemberID: SignedInMember] = [:]
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

    /// Who is signed in is looked up again.
    package func forget() { known.withLock { $0 = Known() } }

    /// Nil for whoever is not an active member (any more).
    package func find(_ id: MemberID) throws -> SignedInMember? {
        // Before reading: what is read is at least as new.
        let moment = application.views.version
        if let member = known.withLock({ $0.moment == moment ? $0.members[id] : nil }) { return member }
        guard let member = try application.signedInMember(id, requiringTwoFactor: requiresTwoFactor) else { return nil }
        known.withLock { known in
            // Not what was looked up while it was forgotten.
            guard application.views.version == moment else { return }
            if known.moment != moment || known.members.count >= SignedInMembers.most { known = Known(moment: moment) }
            known.members[id] = member
        }
        return member
    }
}
