package import Events
package import Forum
package import Messaging
package import Projections

// The events outside accounts, in plain Swedish.

extension CategoryEventName: WordedName {
    package var sentence: String {
        switch self {
        case .created: "Skapade en kategori"
        case .described: "Ändrade en kategoris namn eller beskrivning"
        case .closed: "Stängde en kategori"
        case .reopened: "Öppnade en kategori igen"
        case .ordered: "Ordnade om kategorierna"
        }
    }
}

extension ThreadEventName: WordedName {
    package var sentence: String {
        switch self {
        case .opened: "Startade en tråd"
        case .retitled: "Ändrade en tråds rubrik"
        case .closed: "Stängde en tråd"
        case .reopened: "Öppnade en tråd igen"
        case .moved: "Flyttade en tråd"
        case .pinned: "Fäste en tråd överst"
        case .unpinned: "Lossade en fäst tråd"
        case .titleErased: "Raderade en tråds rubrik"
        }
    }
}

extension PostEventName: WordedName {
    package var sentence: String {
        switch self {
        case .published: "Skrev ett inlägg"
        case .revised: "Ändrade ett inlägg"
        case .deleted: "Tog bort sitt inlägg"
        case .restored: "Ångrade att inlägget togs bort"
        case .deletionCompleted: "Ett inlägg som togs bort av den som skrev det raderades"
        case .revisionDeleted: "Tog bort en tidigare version av sitt inlägg"
        case .revisionRestored: "Ångrade att en tidigare version togs bort"
        case .revisionDeletionCompleted: "En tidigare version av ett inlägg raderades"
        case .removed: "Tog bort ett inlägg"
        case .reinstated: "Återställde ett borttaget inlägg"
        case .erased: "Raderade ett inlägg för gott"
        }
    }
}

extension MailEventName: WordedName {
    package var sentence: String {
        switch self {
        case .handedOver: "Ett mejl lämnades till mejlservern"
        case .givenUp: "Ett mejl gick inte att skicka"
        case .suppressed: "Ett mejl skickades inte"
        case .released: "Släppte mejl som hade väntat efter en återställning"
        case .bounced: "Ett mejl kom tillbaka"
        case .addressRetried: "Bad om att få mejl till sin adress igen"
        }
    }
}

extension NewsletterEventName: WordedName {
    package var sentence: String {
        switch self {
        case .drafted: "Började på ett nyhetsbrev"
        case .revised: "Ändrade ett nyhetsbrev"
        case .testRequested: "Skickade ett nyhetsbrev på prov till sig själv"
        case .scheduled: "Planerade ett nyhetsbrev"
        case .unscheduled: "Gjorde ett planerat nyhetsbrev till utkast igen"
        case .begun: "Ett nyhetsbrev började skickas"
        case .finished: "Ett nyhetsbrev har skickats till alla"
        case .stopped: "Stoppade ett nyhetsbrev"
        case .discarded: "Kastade ett utkast till nyhetsbrev"
        case .withdrawn: "Tog bort ett nyhetsbrev ur arkivet"
        }
    }
}

extension CaseEventName: WordedName {
    package var sentence: String {
        switch self {
        case .opened: "Öppnade ett ärende"
        case .contactGiven: "Angav en svarsadress i ett ärende"
        case .stated: "Skrev i ett ärende"
        case .replied: "Svarade i ett ärende"
        case .noted: "Antecknade i ett ärende"
        case .assigned: "Tog eller släppte ett ärende"
        case .warned: "Påminde om en fråga som väntar"
        case .closed: "Avslutade ett ärende"
        case .reopened: "Öppnade ett ärende igen"
        case .decided: "Beslutade i ett ärende"
        case .appealed: "Begärde omprövning i ett ärende"
        case .extended: "Förlängde tiden för en begäran"
        case .identityChecked: "Kontrollerade vem som begär något"
        case .identified: "Knöt ett ärende till en medlem"
        case .mailSetAside: "Lade ett mejl åt sidan i ett ärende"
        case .mailReceived: "Tog emot ett mejl i ett ärende"
        case .answersDirected: "Valde vart svaren i ett ärende går"
        case .mailFiled: "Tog in ett mejl i ett ärende"
        case .erased: "Raderade ett ärende i förtid"
        }
    }
}

extension ConversationEventName: WordedName {
    package var sentence: String {
        switch self {
        case .begun: "Började ett samtal"
        case .sent: "Skrev ett privat meddelande"
        case .read: "Läste ett samtal"
        case .erased: "Raderade ett samtal som ingen längre kan läsa"
        case .left: "Lämnade ett samtal"
        case .muted: "Tystade ett samtal"
        case .unmuted: "Slutade tysta ett samtal"
        case .reported: "Anmälde ett privat meddelande"
        case .opened: "Läste ett anmält meddelande"
        case .messageDeleted: "Tog bort sitt privata meddelande"
        case .messageRestored: "Ångrade att ett privat meddelande togs bort"
        case .messageDeletionCompleted: "Ett privat meddelande som togs bort raderades"
        case .messageErased: "Raderade ett anmält meddelande för gott"
        case .blocked: "Slutade ta emot meddelanden från en medlem"
        case .unblocked: "Tog emot meddelanden från en medlem igen"
        }
    }
}

extension NotificationEventName: WordedName {
    package var sentence: String {
        switch self {
        case .watched: "Började bevaka något i forumet"
        case .unwatched: "Slutade bevaka något i forumet"
        case .opened: "Följde en avisering"
        case .read: "Markerade sina aviseringar som lästa"
        case .mailAsked: "Begärde ett mejl om något nytt"
        case .digestAsked: "Begärde dagens mejl om det som är nytt"
        }
    }
}

extension ErasureEventName: WordedName {
    package var sentence: String {
        switch self {
        case .fenced: "Personuppgifter raderades"
        case .completed: "Raderingen slutfördes"
        case .deferred: "En radering sköts upp, eftersom uppgifterna ska bevaras"
        }
    }
}

extension OperationEventName: WordedName {
    package var sentence: String {
        switch self {
        case .backupBegun: "En säkerhetskopia togs"
        case .keysRotated: "Huvudnyckeln byttes"
        case .keysBackedUp: "En kopia av huvudnycklarna jämfördes med dem"
        case .keyEpochDestroyed: "En gammal huvudnyckel förstördes"
        case .logContinued: "Loggen återställdes utan sina sista händelser"
        }
    }
}

extension ConformanceEventName: WordedName {
    package var sentence: String {
        switch self {
        case .filesJudged: "Det som sparas vid sidan av loggen kontrollerades mot policyn"
        }
    }
}
