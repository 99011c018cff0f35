extension InvariantName {
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
        case .majorChangesAreMailed: "a major change was mailed to every member, or the log says why one got no mail"
        case .readingIsNoEvent: "nothing in the log tells what a member has read"
        case .eventsHaveAPurpose: "every event is of a type that the processing register names"
        case .nobodyJudgesOwnMatter: "nobody decided in her own matter, or judged an appeal of her own decision"
        case .removalsAreCases: "a text was removed only after a decision in a case about it"
        case .caseMailsAreNeverSwitchedOff: "no mail about a case was left out as switched off"
        case .newslettersFollowAYes: "the newsletter went only to those who had said yes"
        case .numbersAreShownWithCare: "numbers were shown only to those who handle them"
        case .keysAreReplaced: "the master keys are replaced as often as the rule says"
        case .numbersAreSealed: "no clear part has a personal identity number"
        case .mailsReachMembersOnly:
            "mail that can be switched off went to members only, and to no address that refuses"
        case .visitorsAreTruncated:
            "visitors' addresses are truncated, and nothing is kept that the policy does not list"
        case .visitsAreNotStitched: "no visit has rows both with and without a member, or of one who was no member"
        case .readingBelongsToMembers: "what was read, saved and not sent belongs to members, and goes in time"
        case .searchKnowsWhatIsShown: "the directory can be searched by what is shown, and by nothing else"
        case .municipalityStaysHidden:
            "the views show the municipality that a member has given, and none that is erased or withdrawn"
        case .viewsForgetTheErased: "the views hold no text that is erased, and show none that was deleted or removed"
        case .erasedKeysAreGone: "the vault has no key of anything erased"
        case .filesForgetTheErased: "no link, device or waiting mail is left of anybody erased"
        case .sessionsAreOfMembers: "every session is of a member"
        case .viewsHoldNoNumber: "the views hold no personal identity number outside members' own texts"
        case .storesAreListed: "every file of the data directory is one that the list of stores names"
        case .questionsAreAnswered: "every question, and every request about rights, was answered in time"
        case .viewingsAreJustified: "every opening of a member's data was by somebody who might, with role and reason"
        }
    }
}
