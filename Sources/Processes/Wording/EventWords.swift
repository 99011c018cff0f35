package import Accounts
package import Events
import Forum
import Messaging
import Projections

/// A plain Swedish sentence for each kind of event, by its wire name.
package enum EventWords {
    package static let all: [(name: String, sentence: String)] =
        words(of: RegistrationEventName.self)
        + words(of: EmailEventName.self)
        + words(of: ProfileEventName.self)
        + words(of: PasswordEventName.self)
        + words(of: ConsentEventName.self)
        + words(of: TwoFactorEventName.self)
        + words(of: SignInEventName.self)
        + words(of: SecurityEventName.self)
        + words(of: ClosingEventName.self)
        + words(of: OversightEventName.self)
        + words(of: StaffEventName.self)
        + words(of: StaffNameEventName.self)
        + words(of: PolicyEventName.self)
        + words(of: CorrectionEventName.self)
        + words(of: CategoryEventName.self)
        + words(of: ThreadEventName.self)
        + words(of: PostEventName.self)
        + words(of: MailEventName.self)
        + words(of: NewsletterEventName.self)
        + words(of: CaseEventName.self)
        + words(of: ConversationEventName.self)
        + words(of: NotificationEventName.self)
        + words(of: ErasureEventName.self)
        + words(of: OperationEventName.self)
        + words(of: ConformanceEventName.self)

    private static func words<Name: WordedName>(of names: Name.Type) -> [(name: String, sentence: String)] {
        names.allCases.map { ($0.rawValue, $0.sentence) }
    }

    private static let sentences = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.sentence) })

    /// - Parameter type: the wire name, with or without its version: `forum.post-published.v2`; an unknown type is returned as it is.
    package static func sentence(for type: String) -> String { sentences[type] ?? sentences[name(of: type)] ?? type }

    /// The sentence for one event, where its kind alone says too little.
    package static func sentence(for event: RecordedEvent) -> String {
        guard event.type.name == PasswordEventName.set.rawValue,
            case .password(.set(_, let cause))? = try? MemberEvent.decode(event.unopened)
        else { return sentence(for: event.type.name) }
        return cause.sentence
    }

    /// Whether `sentence(for:)` needs the event itself, given its type with or without a version.
    package static func needsEvent(_ type: String) -> Bool { name(of: type) == PasswordEventName.set.rawValue }

    /// The prefix that only the types of this name share; an unknown name is returned as it is.
    package static func prefix(of name: String) -> String { sentences[name] == nil ? name : name + ".v" }

    private static func name(of type: String) -> String {
        guard let dot = type.lastIndex(of: "."), type[dot...].hasPrefix(".v") else { return type }
        return String(type[..<dot])
    }
}

/// Event names with Swedish sentences, in an exhaustive switch: a new event without one does not compile.
protocol WordedName: WireName {
    var sentence: String { get }
}

extension RegistrationEventName: WordedName {
    package var sentence: String {
        switch self {
        case .signedUp: "Anmälde sig som medlem"
        case .confirmed: "Bekräftade sin e-postadress och blev medlem"
        case .reviewRequested: "En anmälan väntar på kontroll"
        case .reviewApproved: "Godkände en anmälan efter kontroll"
        case .reviewRejected: "Avslog en anmälan efter kontroll"
        case .signUpLapsed: "En obekräftad anmälan gick ut"
        }
    }
}

extension EmailEventName: WordedName {
    package var sentence: String {
        switch self {
        case .given: "Angav en e-postadress"
        case .changeRequested: "Bad om att få byta e-postadress"
        case .changed: "Bytte e-postadress"
        case .changeUndone: "Ångrade bytet av e-postadress"
        case .changeCompleted: "Den gamla e-postadressen släpptes"
        }
    }
}

extension ProfileEventName: WordedName {
    package var sentence: String {
        switch self {
        case .municipalityDeclared: "Angav sin kommun"
        case .municipalityWithdrawn: "Tog bort sin kommun"
        case .usernameChanged: "Bytte användarnamn"
        case .identityProtectionSet: "Valde hur identiteten skyddas"
        case .identityCorrected: "Fick en uppgift rättad"
        case .numberSet: "Ändrade vilket konto ett personnummer hör till"
        case .numberUsed: "Någon annan använde personnumret vid en registrering"
        }
    }
}

extension PasswordEventName: WordedName {
    package var sentence: String {
        switch self {
        case .set: "Valde lösenord"
        case .resetRequested: "Bad om ett nytt lösenord"
        case .compromiseReported: "Meddelade att kontot är kapat"
        case .signInsHeldBack: "Bromsade försök att gissa ett lösenord"
        }
    }
}

extension PasswordCause {
    fileprivate var sentence: String {
        switch self {
        case .chosen: PasswordEventName.set.sentence
        case .changed: "Bytte lösenord"
        case .reset: "Valde ett nytt lösenord med länken i ett mejl"
        case .rehashed: "Lösenordet sparades på ett säkrare sätt vid en inloggning"
        }
    }
}

extension ConsentEventName: WordedName {
    package var sentence: String {
        switch self {
        case .policyAccepted: "Godkände integritetspolicyn"
        case .termsAccepted: "Godkände medlemsvillkoren"
        case .given: "Gav ett samtycke"
        case .withdrawn: "Tog tillbaka ett samtycke"
        case .newsletterAnswered: "Svarade om nyhetsbrevet"
        case .mailChoiceSet: "Valde om en sorts mejl"
        }
    }
}

extension TwoFactorEventName: WordedName {
    package var sentence: String {
        switch self {
        case .enabled: "Slog på tvåstegsinloggning"
        case .disabled: "Stängde av tvåstegsinloggning"
        case .codesMade: "Fick nya återställningskoder"
        case .codeUsed: "Använde en återställningskod"
        case .shown: "Visade en kod ur sin app"
        case .wrongCodes: "Flera fel koder skrevs efter rätt lösenord"
        case .resetProposed: "Föreslog att en tvåstegsinloggning återställs"
        case .resetDeclined: "Sade nej till att återställa en tvåstegsinloggning"
        case .reset: "Återställde en tvåstegsinloggning"
        }
    }
}

extension SignInEventName: WordedName {
    package var sentence: String {
        switch self {
        case .signedIn: "Loggade in"
        case .signedOut: "Loggade ut"
        }
    }
}

extension ClosingEventName: WordedName {
    package var sentence: String {
        switch self {
        case .closed: "Avslutade ett konto"
        case .textsChosen: "Valde vad som ska hända med sina texter"
        case .restoreLinkRequested: "Bad om en länk för att återskapa kontot"
        case .restored: "Återskapade ett konto"
        case .deactivated: "Stängde av ett konto till en viss dag"
        case .returned: "Kom tillbaka efter en avstängning"
        case .appealed: "Begärde omprövning av ett beslut"
        case .appealRejected: "Avslog en begäran om omprövning"
        case .unusedWarned: "Påminde om ett konto som inte används"
        case .purgeAnnounced: "Berättade att ett konto snart raderas"
        case .purged: "Raderade ett konto"
        }
    }
}

extension OversightEventName: WordedName {
    package var sentence: String {
        switch self {
        case .viewed: "Öppnade en medlems uppgifter"
        case .numberShown: "Visade en medlems personnummer"
        case .textNumberShown: "Visade ett personnummer i en text"
        case .sessionsEnded: "Loggade ut en medlem överallt"
        case .holdPlaced: "Bestämde att uppgifter ska bevaras"
        case .holdProposed: "Föreslog att uppgifter ska bevaras"
        case .holdConfirmed: "Godkände att uppgifter ska bevaras"
        case .holdDeclined: "Avslog att uppgifter ska bevaras"
        case .holdLifted: "Hävde ett bevarande av uppgifter"
        }
    }
}

extension SecurityEventName: WordedName {
    package var sentence: String {
        switch self {
        case .noticed: "Märkte något som kan vara ett angrepp"
        }
    }
}

extension StaffEventName: WordedName {
    package var sentence: String {
        switch self {
        case .roleGranted: "Gav en roll"
        case .roleRevoked: "Tog ifrån en roll"
        }
    }
}

extension StaffNameEventName: WordedName {
    package var sentence: String {
        switch self {
        case .givenUp: "Lämnade ett namn som ingen annan kan ta på ett tag"
        }
    }
}

extension PolicyEventName: WordedName {
    package var sentence: String {
        switch self {
        case .policyPublished: "Publicerade en version av integritetspolicyn"
        case .policyInForce: "En version av integritetspolicyn trädde i kraft"
        case .termsPublished: "Publicerade en version av medlemsvillkoren"
        case .termsInForce: "En version av medlemsvillkoren trädde i kraft"
        }
    }
}

extension CorrectionEventName: WordedName {
    package var sentence: String {
        switch self {
        case .requested: "Begärde rättelse"
        case .compared: "Jämförde en begäran om rättelse"
        case .decided: "Avgjorde en begäran om rättelse"
        }
    }
}
