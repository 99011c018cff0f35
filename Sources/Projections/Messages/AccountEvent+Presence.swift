import Accounts

/// What an event says about whether somebody is there to be written to.
enum Presence {
    case came
    /// Closed or suspended; may come back.
    case left
    case purged
}

extension MemberEvent {
    /// Of the member in whose stream the event is; nil when it says nothing about that.
    var presence: Presence? {
        switch self {
        case .registration(.confirmed), .closing(.restored), .closing(.returned): .came
        case .closing(.closed), .closing(.deactivated): .left
        case .closing(.purged): .purged
        case .registration(.signedUp), .registration(.signUpLapsed), .registration(.reviewRequested),
            .registration(.reviewApproved), .registration(.reviewRejected), .closing(.textsChosen),
            .closing(.restoreLinkRequested), .closing(.appealed), .closing(.appealRejected), .closing(.unusedWarned),
            .closing(.purgeAnnounced), .email, .profile, .consent, .password, .twoFactor:
            nil
        }
    }
}
