import Accounts
import Web

extension AccountRefusal {
    /// The answer to a command that no page offered to this reader, or that came too late. What a form can run into is told beside
    /// its fields instead.
    var pageError: PageError {
        switch self {
        case .noSuchMember, .noSuchReview, .nothingToRestore, .tooLateToRestore, .linkExpired: .notFound
        case .ownMatter: .ownMatter(of: [.administrator])
        case .notAllowed, .lastAdministrator, .notByOneself, .notClosed, .heldByAuthority,
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
