import Accounts

/// How an event changes whether a member can be written to.
enum Presence {
    case came
    /// Closed or suspended; may come back.
    case left
    case purged
}

extension MemberEvent {
    /// The presence of the member whose stream the event is in; nil when the event does not change it.
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
