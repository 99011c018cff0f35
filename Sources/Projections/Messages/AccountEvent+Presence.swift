import Accounts

/// What an event says about whether somebody is there to be written to.
enum Presence {
    case came
    /// Closed or suspended; may come back.
    case left
    case purged
}

extension AccountEvent {
    /// Of the member in whose stream the event is; nil when it says nothing about that.
    var presence: Presence? {
        switch self {
        case .confirmed, .restored, .returned: .came
        case .closed, .deactivated: .left
        case .purged: .purged
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .signedUp, .emailGiven,
            .municipalityDeclared, .passwordSet, .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn,
            .newsletterAnswered, .mailChoiceSet, .usernameChanged, .signUpLapsed, .reviewRequested,
            .twoFactor, .passwordResetRequested, .signInsHeldBack, .compromiseReported, .reviewApproved,
            .reviewRejected,
            .emailChangeRequested,
            .emailChanged, .emailChangeUndone, .emailChangeSettled, .handlingSet, .identityCorrected, .textsChosen,
            .wayBackRequested, .appealed, .appealRejected, .unusedWarned, .purgeAnnounced, .signedIn, .signedOut,
            .roleGranted, .roleRevoked:
            nil
        }
    }
}
