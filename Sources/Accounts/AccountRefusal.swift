package import Events

/// Why a command is refused.
package enum AccountRefusal: Error, Hashable, Sendable {
    case noSuchMember
    case notAllowed
    /// The accepted texts are not the versions in force: new ones came into force while the form was open.
    case otherPolicyInForce
    case otherTermsInForce
    /// Under the minimum age of the policy in force (P-06.1).
    case tooYoung(minimumAge: Int)
    /// The link has expired, was used before, or never existed.
    case linkExpired
    case wrongPassword
    /// Not a valid second-factor code, or one that was used before.
    case wrongCode
    case twoFactorOn
    case twoFactorOff
    /// Another administrator must approve the proposal.
    case sameAdministrator
    /// The operator's approval stands in for a second administrator's only where there is none.
    case otherAdministratorNeeded
    /// A legal hold ends within a year, and can be renewed (P-10.1).
    case holdTooLong(until: CalendarDate)
    /// The sign-up awaits no review: it was decided, or its time has run out.
    case noSuchReview
    /// The site must keep at least one (P-16.1).
    case lastAdministrator
    /// A switch that stays off until the age of majority (P-11.2).
    case minor(adultAge: Int)
    /// The policy in force has no such question (P-01.1).
    case notAskedAbout
    /// Nothing is shown or looked up while the identity is protected (P-07.1).
    case protectedIdentity
    /// The last change of address can still be undone; until then no other change is allowed (P-12.2).
    case emailChangeOpen(until: Instant)
    case emailTaken
    case usernameTaken
    case numberTaken
    /// The account is neither closed nor deactivated.
    case nothingToRestore
    /// Only closed accounts are erased.
    case notClosed
    /// An investigation needs the data (P-10.1).
    case underLegalHold
    /// The time to restore has run out, or the account is erased (P-16.3).
    case tooLateToRestore
    /// Only an administrator lifts a closing for breach or a deactivation (P-16.4).
    case notByOneself
    /// The texts in force must be accepted first (P-01.3).
    case textsNotAccepted
    /// Another decision was made first, or there is nothing to decide.
    case alreadyDecided
    /// Staff do not decide about themselves, nor judge an appeal against their own decision (P-08.2).
    case ownMatter
    /// A different version of this date is already published.
    case versionExists(CalendarDate)
    /// A version cannot take effect before it was announced (P-00.1).
    case datedInThePast(CalendarDate)
}
