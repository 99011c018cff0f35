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
    /// No code of the second factor, or one that was used already.
    case wrongCode
    case twoFactorOn
    case twoFactorOff
    /// Somebody else has to approve what one has proposed.
    case sameAdministrator
    /// The sign-up waits for nobody: it was decided, or its time has run out.
    case noSuchReview
    /// The site must keep at least one (P-16.1).
    case lastAdministrator
    /// A switch that stays off until the age of majority (P-11.2).
    case minor(adultAge: Int)
    /// The policy in force has no such question (P-01.1).
    case notAskedAbout
    /// Nothing is shown or looked up while the identity is protected (P-07.1).
    case protectedIdentity
    /// The last change of address can still be undone; until then there is no other (P-12.2).
    case emailChangeOpen(until: Instant)
    case emailTaken
    case usernameTaken
    case numberTaken
    /// Nothing is closed or deactivated here.
    case nothingToRestore
    /// Only what is closed is erased.
    case notClosed
    /// An investigation needs the data (P-10.1).
    case heldByAuthority
    /// Its time has run out, or it is erased (P-16.3).
    case tooLateToRestore
    /// Only an administrator lifts a closing for breach or a deactivation (P-16.4).
    case notByOneself
    /// The texts in force must be accepted first (P-01.3).
    case textsNotAccepted
    /// Somebody has decided meanwhile, or it is not there.
    case alreadyDecided
    /// Staff do not decide about themselves, nor judge an appeal against their own decision (P-08.2).
    case ownMatter
    /// A version of this date is published already.
    case versionExists(CalendarDate)
    /// Nothing is made to have been in force before it was announced (P-00.1).
    case datedInThePast(CalendarDate)
}
