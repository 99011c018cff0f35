package import Events

/// Why a command is not carried out.
package enum AccountRefusal: Error, Hashable, Sendable {
    case noSuchMember
    case notAllowed
    /// The texts accepted are not the versions in force: somebody published new ones while the form was open.
    case otherPolicyInForce
    case otherTermsInForce
    /// Under the minimum age of the policy in force (P-06.1).
    case tooYoung(minimumAge: Int)
    /// The link is older than the policy says, used up, or was never one.
    case linkExpired
    case wrongPassword
    /// The sign-up waits for nobody: it was decided, or its time has run out.
    case noSuchReview
    /// The site must keep at least one (P-16.1).
    case lastAdministrator
    /// A version of this date is published already.
    case versionExists(CalendarDate)
    /// Nothing is made to have been in force before it was announced (P-00.1).
    case datedInThePast(CalendarDate)
}
