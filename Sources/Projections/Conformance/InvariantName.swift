/// The checks over the whole log, each with its clause.
package enum InvariantName: String, CaseIterable, Sendable {
    case versionsBeginOnTheirDay = "versions-begin-on-their-day"
    case acceptedVersionsWereInForce = "accepted-versions-were-in-force"
    case membersAcceptedBothTexts = "members-accepted-both-texts"
    case consentsAreOnesOwn = "consents-are-ones-own"
    case nobodyWritesBeforeAccepting = "nobody-writes-before-accepting"
    case visitsGo = "visits-go"
    case signUpsLapse = "sign-ups-lapse"
    case namesHaveOneHolder = "names-have-one-holder"
    case staffReadOnlyReported = "staff-read-only-reported"
    case deletedTextsGo = "deleted-texts-go"
    case legalHoldPreventsErasure = "held-is-not-erased"
    case holdsTakeTwo = "holds-take-two"
    case holdsEnd = "holds-end"
    case shownOnlyWithConsent = "shown-only-with-consent"
    case compromisedNeedNewPassword = "compromised-need-new-password"
    case replacedAddressesGo = "replaced-addresses-go"
    case correctionsAreDecidedFirst = "corrections-are-decided-first"
    case replacedKeysAreDestroyed = "replaced-keys-are-destroyed"
    case replacedPasswordsAreErased = "replaced-passwords-are-erased"
    case mailsFollowChoices = "mails-follow-choices"
    case onlyMembersSignIn = "only-members-sign-in"
    case onlyMembersWrite = "only-members-write"
    case formerMembersAreHidden = "former-members-are-hidden"
    case closedAccountsAreErased = "closed-accounts-are-erased"
    case erasuresAreAnnounced = "erasures-are-announced"
    case erasuresAreCompleted = "erasures-are-completed"
    case nothingAfterErasure = "nothing-after-erasure"
    case decisionsHaveReasons = "decisions-have-reasons"
    case nobodyReturnsFromBreachAlone = "nobody-returns-from-breach-alone"
    case unusedAccountsAreWarned = "unused-accounts-are-warned"
    case unreturnedAccountsAreClosed = "unreturned-accounts-are-closed"
    case signInDetailsGo = "sign-in-details-go"
    case restoredInTime = "restored-in-time"
    case duplicatesEnd = "duplicates-end"
    case numbersMoveByProof = "numbers-move-by-proof"
    case viewingsAreJustified = "viewings-are-justified"
    case questionsAreAnswered = "questions-are-answered"
    case majorChangesAreMailed = "major-changes-are-mailed"
    case readingIsNoEvent = "reading-is-no-event"
    case eventsHaveAPurpose = "events-have-a-purpose"
    case nobodyJudgesOwnMatter = "nobody-judges-own-matter"
    case removalsAreCases = "removals-are-cases"
    case caseMailsAreNeverSwitchedOff = "case-mails-are-never-switched-off"
    case newslettersFollowAYes = "newsletters-follow-a-yes"
    case numbersAreShownWithCare = "numbers-are-shown-with-care"
    case keysAreReplaced = "keys-are-replaced"
    case numbersAreSealed = "numbers-are-sealed"
    case mailsReachMembersOnly = "mails-reach-members-only"
    case visitorsAreTruncated = "visitors-are-truncated"
    case visitsAreNotStitched = "visits-are-not-stitched"
    case readingBelongsToMembers = "reading-belongs-to-members"
    case searchKnowsWhatIsShown = "search-knows-what-is-shown"
    case municipalityStaysHidden = "municipality-stays-hidden"
    case viewsForgetTheErased = "views-forget-the-erased"
    case erasedKeysAreGone = "erased-keys-are-gone"
    case filesForgetTheErased = "files-forget-the-erased"
    case sessionsAreOfMembers = "sessions-are-of-members"
    case viewsHoldNoNumber = "views-hold-no-number"
    case storesAreListed = "stores-are-listed"
    case backupsGo = "backups-go"
    case chosenTextsGo = "chosen-texts-go"
    case closedCasesGo = "closed-cases-go"
    case unusedAccountsAreClosed = "unused-accounts-are-closed"
    case correctionsAreDecidedInTime = "corrections-are-decided-in-time"
    case rectificationsAreDecidedInTime = "rectifications-are-decided-in-time"
    case rightsAreDecidedInTime = "rights-are-decided-in-time"
    case requestsAreIdentified = "requests-are-identified"
    case waitingCasesEnd = "waiting-cases-end"

    package var clause: PolicyClause {
        switch self {
        case .versionsBeginOnTheirDay: .versions
        case .acceptedVersionsWereInForce, .membersAcceptedBothTexts, .consentsAreOnesOwn: .acceptance
        case .nobodyWritesBeforeAccepting, .majorChangesAreMailed: .majorChanges
        case .visitsGo, .visitorsAreTruncated: .visitLog
        case .visitsAreNotStitched: .visitsOfMembers
        case .eventsHaveAPurpose: .purposes
        case .nobodyJudgesOwnMatter, .removalsAreCases: .abuse
        case .caseMailsAreNeverSwitchedOff: .disputeMail
        case .searchKnowsWhatIsShown: .directory
        case .newslettersFollowAYes: .newsletter
        case .readingIsNoEvent, .readingBelongsToMembers: .reading
        case .municipalityStaysHidden: .municipality
        case .numbersAreShownWithCare: .ownData
        case .mailsReachMembersOnly: .mailDefaults
        case .signUpsLapse, .namesHaveOneHolder: .registration
        case .staffReadOnlyReported: .writing
        case .deletedTextsGo: .ownDeletion
        case .legalHoldPreventsErasure, .holdsTakeTwo, .holdsEnd: .disclosure
        case .shownOnlyWithConsent: .visibility
        case .compromisedNeedNewPassword, .replacedAddressesGo: .compromise
        case .correctionsAreDecidedFirst: .ownChanges
        case .replacedKeysAreDestroyed, .keysAreReplaced, .storesAreListed, .backupsGo: .storage
        case .replacedPasswordsAreErased, .numbersAreSealed, .viewsHoldNoNumber: .secrets
        case .mailsFollowChoices: .mailChoices
        case .onlyMembersSignIn, .onlyMembersWrite, .sessionsAreOfMembers: .closing
        case .formerMembersAreHidden: .hiddenAtClosing
        case .closedAccountsAreErased, .erasuresAreAnnounced, .erasuresAreCompleted, .nothingAfterErasure,
            .erasedKeysAreGone, .filesForgetTheErased, .viewsForgetTheErased:
            .erasure
        case .decisionsHaveReasons, .nobodyReturnsFromBreachAlone, .unusedAccountsAreWarned,
            .unreturnedAccountsAreClosed:
            .breach
        case .signInDetailsGo: .soonest
        case .restoredInTime, .duplicatesEnd, .numbersMoveByProof: .restoring
        case .viewingsAreJustified: .administrationOnly
        case .questionsAreAnswered: .answers
        case .chosenTextsGo: .erasure
        case .closedCasesGo: .soonest
        case .unusedAccountsAreClosed: .breach
        case .correctionsAreDecidedInTime: .ownChanges
        case .rectificationsAreDecidedInTime: .rectification
        case .rightsAreDecidedInTime: .rights
        case .requestsAreIdentified: .identityProof
        case .waitingCasesEnd: .answers
        }
    }

    /// Where its evidence lies, besides the log.
    package var evidence: EvidencePlace {
        switch self {
        case .namesHaveOneHolder: .claims
        case .visitsGo, .visitorsAreTruncated, .visitsAreNotStitched: .visits
        case .readingBelongsToMembers: .reading
        case .shownOnlyWithConsent, .formerMembersAreHidden, .searchKnowsWhatIsShown, .municipalityStaysHidden,
            .viewsForgetTheErased, .viewsHoldNoNumber:
            .views
        case .erasedKeysAreGone: .vault
        case .filesForgetTheErased, .sessionsAreOfMembers: .runtime
        case .storesAreListed: .directory
        case .backupsGo: .backups
        default: .log
        }
    }
}
