import Accounts
import Web

extension AccountRefusal {
    /// The error page for a command that no page offered to this reader, or that came too late. Refusals that a form can cause are shown
    /// at its fields instead.
    var pageError: PageError {
        switch self {
        case .noSuchMember, .noSuchReview, .nothingToRestore, .tooLateToRestore, .linkExpired: .notFound
        case .ownMatter: .ownMatter(of: [.administrator])
        case .notAllowed, .lastAdministrator, .notByOneself, .notClosed, .underLegalHold,
            .minor, .notAskedAbout, .protectedIdentity, .tooYoung,
            .wrongPassword, .wrongCode, .sameAdministrator:
            .forbidden
        case .textsNotAccepted: .textsNotAccepted
        case .otherPolicyInForce, .otherTermsInForce, .emailChangeOpen, .emailTaken, .usernameTaken, .numberTaken,
            .alreadyDecided, .twoFactorOn, .twoFactorOff, .versionExists, .datedInThePast:
            .malformed(.formToken)
        }
    }
}
