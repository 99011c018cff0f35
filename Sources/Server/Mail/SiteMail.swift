import Accounts
import Events

/// The mails that the site sends by itself, each about one member. The raw value is kept in the outbox.
enum SiteMail: String, CaseIterable, Sendable {
    /// To the address that somebody typed when signing up, whoever is registered (P-06.1, P-16.6).
    case confirmAddress = "confirm-address"
    /// To the member whose personal identity number somebody else signed up with (P-16.6).
    case numberUsed = "number-used"
    case newPassword = "new-password"
    case passwordChanged = "password-changed"
    /// To somebody whose sign-up a person has looked at (P-16.6).
    case reviewApproved = "review-approved"
    case reviewRejected = "review-rejected"

    /// The mails that an event asks for, about the member in whose stream it is.
    static func due(after event: AccountEvent) -> [SiteMail] {
        switch event {
        case .signedUp: [.confirmAddress]
        case .reviewRequested(.numberTaken, at: _): [.numberUsed]
        case .passwordResetRequested: [.newPassword]
        case .reviewApproved: [.reviewApproved]
        case .reviewRejected: [.reviewRejected]
        case .passwordSet(_, let cause):
            switch cause {
            case .changed, .reset: [.passwordChanged]
            case .chosen, .rehashed: []
            }
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .emailGiven, .municipalityDeclared,
            .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn, .newsletterAnswered, .usernameChanged,
            .confirmed, .signUpLapsed, .compromiseReported, .emailChangeRequested, .emailChanged, .emailChangeUndone,
            .emailChangeSettled, .handlingSet, .identityCorrected, .closed, .textsChosen, .restored, .deactivated,
            .returned, .appealed, .appealRejected, .unusedWarned, .purgeAnnounced, .purged, .signedIn, .signedOut,
            .roleGranted, .roleRevoked:
            []
        }
    }
}
