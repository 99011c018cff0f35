package import Accounts
package import Events

/// The closed lists of the access report in Swedish.
extension PersonalField {
    package var words: String {
        switch self {
        case .appealText: "Det du har skrivit i en begäran om omprövning"
        case .bookmark: "Inlägg du har sparat"
        case .bookmarkNote: "Dina anteckningar om inlägg du har sparat"
        case .caseContact: "Adressen som ett ärende besvaras på"
        case .caseContactName: "Namnet du har angett i ett ärende"
        case .caseMailID: "Numret på ett mejl som du har skickat till oss"
        case .caseMailKey: "Mejl från dig som är sparade i sin helhet"
        case .caseReplyTo: "Adressen som du ville ha svar till i ett mejl"
        case .caseNote: "Personalens anteckningar i dina ärenden"
        case .caseReasons: "Skäl för beslut i dina ärenden"
        case .caseReply: "Svaren i dina ärenden"
        case .caseRule: "Vad beslut i dina ärenden stöder sig på"
        case .caseSubject: "Ämnen i dina ärenden"
        case .caseTarget: "Vilken sida en anmälan gäller"
        case .caseText: "Det du har skrivit i ärenden"
        case .identityVerdict: "Vad en identitetskontroll har visat"
        case .categoryDescription: "En kategoris beskrivning"
        case .categoryName: "En kategoris namn"
        case .categorySlug: "En kategoris adress"
        case .comparison: "Vad en jämförelse har visat"
        case .correctedValue: "Värdet du vill ha i stället"
        case .correctionGrounds: "Varför du vill ha en rättelse"
        case .decisionReason: "Varför en rättelse godkändes eller avslogs"
        case .draftText: "Dina utkast"
        case .emailAddress: "E-postadress"
        case .identityProtection: "Skyddade personuppgifter"
        case .holdReference: "Vilken myndighet som vill att uppgifter bevaras"
        case .messageReport: "Det du har skrivit när du har anmält ett meddelande"
        case .messageText: "Dina privata meddelanden"
        case .municipality: "Kommun"
        case .name: "Namn"
        case .newsletterBody: "Ett nyhetsbrevs text"
        case .newsletterSubject: "Ett nyhetsbrevs ämne"
        case .passwordHash: "Lösenord"
        case .personalIdentityNumber: "Personnummer"
        case .postBody: "Dina inlägg"
        case .readMarker: "Vad du har läst"
        case .recoveryCodes: "Återställningskoder för tvåstegsinloggning"
        case .resetReason: "Varför personalen ville återställa din tvåstegsinloggning"
        case .sex: "Kön, om det har rättats"
        case .signInAddress: "Adresser du har loggat in från, och som någon har försökt från"
        case .signInDevice: "Enheter du har loggat in med, och som någon har försökt med"
        case .staffNameDigest: "Namn du hade i administrationen"
        case .statementFacts: "Vad som har hänt, enligt ett beslut om dig"
        case .statementRule: "Vilken regel ett beslut om dig gäller"
        case .threadTitle: "Rubriker på dina trådar"
        case .twoFactorSecret: "Tvåstegsinloggning"
        case .username: "Användarnamn"
        case .viewingNote: "Vad personalen har antecknat när den har öppnat dina uppgifter"
        }
    }
}

extension Purpose {
    package var words: String {
        switch self {
        case .account: "för att du ska kunna ha ett konto"
        case .security: "för säkerheten"
        case .forum: "för att visa det du skriver"
        case .messages: "för att förmedla dina meddelanden"
        case .moderation: "för att forumet ska följa reglerna"
        case .rights: "för att du ska kunna få dina rättigheter"
        case .disclosure: "för att lagen kräver det"
        case .accountability: "för att det ska gå att visa att policyn följs"
        case .oneAccountPerPerson: "för att var och en ska ha bara ett konto"
        case .visitLog: "för statistik och säkerhet"
        case .newsletter: "för att skicka nyhetsbrevet"
        case .serviceMail: "för att skicka mejl som hör till ditt konto och dina val"
        case .cases: "för att svara på frågor och lösa problem"
        }
    }
}

extension LegalBasis {
    package var words: String {
        switch self {
        case .contract: "avtal"
        case .legitimateInterest: "berättigat intresse"
        case .consent: "samtycke"
        case .legalObligation: "rättslig förpliktelse"
        case .clearlyJustifiedNumber: "personnumret är klart motiverat för en säker identifiering"
        }
    }
}

extension Retention {
    package var words: String {
        switch self {
        case .untilPurge: "tills ditt konto är raderat"
        case .untilReplaced: "tills något annat träder i stället"
        case .formerStaffName: "så länge som integritetspolicyn säger efter att du lämnade namnet"
        case .signInDetails: "så länge som integritetspolicyn säger för inloggningar"
        case .visitLog: "så länge som integritetspolicyn säger för besök"
        case .reading: "så länge som integritetspolicyn säger för det du har läst"
        case .drafts: "så länge som integritetspolicyn säger för utkast"
        case .untilRemoved: "tills du tar bort det"
        case .correctionCase: "så länge som integritetspolicyn säger för rättelser"
        case .untilWithdrawn: "tills administrationen tar bort det"
        case .closedCase: "så länge som integritetspolicyn säger för ärenden, räknat från att ärendet avslutades"
        case .authorsChoiceAtClosing: "som du väljer när du avslutar kontot"
        }
    }
}

extension IdentityProtection {
    package var words: String {
        switch self {
        case .ordinary: "inte skyddade"
        case .protected: "skyddade"
        }
    }
}

extension Comparison {
    package var words: String {
        switch self {
        case .registerAgrees: "stämmer med folkbokföringen"
        case .documentAgrees: "stämmer med en handling som har visats"
        case .differs: "skiljer sig"
        case .nothingFound: "inget att jämföra med"
        }
    }
}

extension SignOutCause {
    package var words: String {
        switch self {
        case .chosen: "du loggade ut"
        case .expired: "den användes inte på länge"
        case .ended: "den avslutades från en annan enhet eller för att något ändrades"
        }
    }
}

extension ConsentPurpose {
    package var words: String {
        switch self {
        case .registerLookup: "hämta uppgifter från folkbokföringen"
        case .visibleName: "visa ditt namn för andra medlemmar"
        case .visibleAgeAndSex: "visa din ålder och ditt kön för andra medlemmar"
        }
    }
}

extension CorrectedField {
    package var words: String {
        switch self {
        case .name: "namn"
        case .sex: "kön"
        case .personalIdentityNumber: "personnummer"
        }
    }
}
