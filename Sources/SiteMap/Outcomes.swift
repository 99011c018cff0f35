import Events

/// What has just been changed, told once on the page that comes after.
package enum SettingsChange: String, Sendable, CaseIterable {
    case emailRequested = "epost"
    case username = "anvandarnamn"
    case municipality = "kommun"
    case password = "losenord"
    case shown = "visas"
    case hidden = "visas-inte"
    case consentGiven = "samtycke"
    case consentWithdrawn = "samtycke-tillbaka"
    case identityProtected = "skyddad"
    case protectionEnded = "skydd-av"
    case signedOutOne = "utloggad"
    case signedOutElsewhere = "utloggad-ovriga"
    case deviceForgotten = "enhet-glomd"
    case correctionRequested = "rattelse"
    case correctionCompared = "jamford"
    case correctionDecided = "avgjord"
    case addressRetried = "forsok-igen"

    /// The id of the section of the settings page that shows it.
    package var section: String? {
        switch self {
        case .shown, .hidden: "synlighet"
        case .consentGiven, .consentWithdrawn: "samtycken"
        case .signedOutOne, .signedOutElsewhere: "inloggningar"
        case .deviceForgotten: "enheter"
        case .correctionRequested: "rattelser"
        case .addressRetried: "mejl"
        case .emailRequested, .username, .municipality, .password, .identityProtected, .protectionEnded,
            .correctionCompared, .correctionDecided:
            nil
        }
    }
}

/// What was just done in a case, said at the top of the page that follows.
package enum CaseChange: String, CaseIterable, Sendable {
    case sent = "skickat"
    case written = "skrivet"
    case answered = "besvarat"
    case noted = "antecknat"
    case assigned = "tilldelat"
    case closed = "avslutat"
    case reopened = "oppnat"
    case decided = "beslutat"
    case appealed = "overklagat"
    case extended = "forlangt"
    case identified = "kontrollerat"
    case filed = "infogat"
    case directed = "svarsadress"
    case erased = "raderat"
    case suspended = "avstangt"
}

/// What has just been done with an issue, told once.
package enum IssueChange: String, Sendable {
    case saved = "sparat"
    case tested = "prov"
    case scheduled = "planerat"
    case unscheduled = "oplanerat"
    case stopped = "stoppat"
}

/// What has just been done, told once.
package enum MailChange: String, Sendable {
    case released = "slappt"
}

/// The two texts that members accept, each with its own versions (P-01.2).
package enum TextKind: String, CaseIterable, Sendable {
    case policy
    case terms = "villkor"
}

/// Which cases a list shows.
package enum CaseFilter: String, CaseIterable, Sendable {
    case due = "forfaller"
    case open = "oppna"
    case closed = "avslutade"
}
