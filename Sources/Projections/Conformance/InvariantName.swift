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
        case .nobodyWritesBeforeAccepting: .majorChanges
        case .visitsGo: .visitLog
        case .signUpsLapse, .namesHaveOneHolder: .registration
        case .staffReadOnlyReported: .writing
        case .deletedTextsGo: .ownDeletion
        case .legalHoldPreventsErasure, .holdsTakeTwo, .holdsEnd: .disclosure
        case .shownOnlyWithConsent: .visibility
        case .compromisedNeedNewPassword, .replacedAddressesGo: .compromise
        case .correctionsAreDecidedFirst: .ownChanges
        case .replacedKeysAreDestroyed: .storage
        case .replacedPasswordsAreErased: .secrets
        case .mailsFollowChoices: .mailChoices
        case .onlyMembersSignIn, .onlyMembersWrite: .closing
        case .formerMembersAreHidden: .hiddenAtClosing
        case .closedAccountsAreErased, .erasuresAreAnnounced, .erasuresAreCompleted, .nothingAfterErasure: .erasure
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

    /// In English, for the command line.
    package var claim: String {
        switch self {
        case .versionsBeginOnTheirDay: "every version comes into force on its day, once, and after it was published"
        case .acceptedVersionsWereInForce: "every acceptance names a version that was in force, and its text"
        case .membersAcceptedBothTexts: "nobody became a member without accepting policy and terms"
        case .consentsAreOnesOwn: "every consent was given by the member, and only a given one was withdrawn by anybody"
        case .nobodyWritesBeforeAccepting: "nobody wrote anything who had a major change to accept first"
        case .visitsGo: "the visit log has no row that is older than the rule"
        case .signUpsLapse: "sign-ups that nobody confirmed, or reviewed, are gone when their time is out"
        case .namesHaveOneHolder: "names are held by members only, and each member has a username and an address"
        case .staffReadOnlyReported: "administrators opened only messages that somebody had reported"
        case .deletedTextsGo: "every text that its author deleted was erased when she could no longer undo that"
        case .legalHoldPreventsErasure: "nobody was erased whose data were held for an investigation"
        case .holdsTakeTwo:
            "every hold was approved by a second administrator, or by the operator where there was no other"
        case .holdsEnd: "no hold is in force after its last day"
        case .shownOnlyWithConsent: "the views show names, ages and sexes only of members who consent"
        case .compromisedNeedNewPassword: "nobody signed in after reporting a compromise without a new password"
        case .replacedAddressesGo: "a replaced e-mail address is let go when its change can no longer be undone"
        case .correctionsAreDecidedFirst: "name, number and sex were corrected only by an approved request"
        case .replacedKeysAreDestroyed: "a replaced master key is destroyed when its time is out"
        case .replacedPasswordsAreErased:
            "a replaced password, second factor or set of recovery codes is erased"
        case .mailsFollowChoices: "no mail was sent that its recipient had switched off"
        case .onlyMembersSignIn: "only members signed in"
        case .onlyMembersWrite: "only members, and nobody after closing, wrote, moderated, or used private messages"
        case .formerMembersAreHidden: "the views show nobody who has left or is suspended"
        case .closedAccountsAreErased:
            "no account is closed for longer than the rule is without being erased, nor erased early"
        case .erasuresAreAnnounced: "every erasure whose time was out was announced as long before as promised"
        case .erasuresAreCompleted: "every erasure was fenced, and finished within a day"
        case .nothingAfterErasure: "nothing was written about anybody after the erasure"
        case .decisionsHaveReasons: "every closing for breach and every suspension states its reasons"
        case .nobodyReturnsFromBreachAlone: "an account closed for breach was restored only by the administration"
        case .unusedAccountsAreWarned: "no unused account was closed without the warnings promised"
        case .unreturnedAccountsAreClosed: "a suspended account that nobody came back to counts as closed in time"
        case .signInDetailsGo: "what is known of a sign-in is erased when its time is out"
        case .restoredInTime: "no account was restored after its time was out"
        case .duplicatesEnd: "no account lives on for longer than the rule whose number is another account's"
        case .numbersMoveByProof:
            "an account got a number after its confirmation only by an approved request or an identification in a case"
        case .questionsAreAnswered: "every question was answered in time, and no case was closed with one open"
        case .viewingsAreJustified: "every opening of a member's data was by somebody who might, with role and reason"
        case .chosenTextsGo: "every text that an erased member had chosen or deleted, or that was removed, is erased"
        case .closedCasesGo: "closed cases and decided corrections are erased when their time is out"
        case .unusedAccountsAreClosed: "unused accounts are closed after the warnings, when their time is out"
        case .correctionsAreDecidedInTime: "every request for correction was decided in time"
        case .rectificationsAreDecidedInTime: "every request for rectification or erasure was decided in time"
        case .rightsAreDecidedInTime: "every request about the other rights was decided in time"
        case .requestsAreIdentified: "no request about rights was granted to one whose identity was not proved"
        case .waitingCasesEnd: "no case waits for its party for longer than such cases are kept"
        }
    }
}
