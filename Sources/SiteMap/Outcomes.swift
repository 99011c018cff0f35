import Events

/// The change just made to the settings, reported once on the next page.
package enum SettingsChange: String, Sendable, CaseIterable {
    case emailRequested = "epost"
    case username = "anvandarnamn"
    case municipality = "kommun"
    case municipalityWithdrawn = "kommun-borttagen"
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
    case readingCleared = "last-glomt"
    case correctionRequested = "rattelse"
    case correctionCompared = "jamford"
    case correctionDecided = "avgjord"
    case addressRetried = "forsok-igen"

    /// Where on the settings page it is seen: the section that is open, and the id to go to. Nil when the top of the page reports it.
    package var section: (page: String, place: String)? {
        switch self {
        case .shown, .hidden: ("synlighet", "synlighet")
        case .consentGiven, .consentWithdrawn: ("samtycken", "samtycken")
        case .signedOutOne, .signedOutElsewhere: ("inloggningar", "inloggningar")
        case .deviceForgotten: ("inloggningar", "enheter")
        case .readingCleared: ("last", "last")
        case .correctionRequested: ("rattelser", "rattelser")
        case .addressRetried: ("mejl", "mejl")
        case .emailRequested, .username, .municipality, .municipalityWithdrawn, .password, .identityProtected,
            .protectionEnded,
            .correctionCompared, .correctionDecided:
            nil
        }
    }
}

/// The change just made in a case, reported at the top of the next page.
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
    case numberMoved = "numret-flyttat"
    case filed = "infogat"
    case directed = "svarsadress"
    case erased = "raderat"
    case suspended = "avstangt"
}

/// The change just made to a newsletter issue, reported once on the next page.
package enum IssueChange: String, Sendable {
    case saved = "sparat"
    case tested = "prov"
    case scheduled = "planerat"
    case unscheduled = "oplanerat"
    case stopped = "stoppat"
}

/// The change just made to a mail, reported once on the next page.
package enum MailChange: String, Sendable {
    case released = "slappt"
}

/// The two texts that members accept, each with its own versions (P-01.2).
package enum TextKind: String, CaseIterable, Sendable {
    case policy
    case terms = "villkor"
}

/// The cases that a list shows.
package enum CaseFilter: String, CaseIterable, Sendable {
    case due = "forfaller"
    case open = "oppna"
    case closed = "avslutade"
}
