import Accounts
import Events
import Foundation
import Processes

/// The rules of a policy in readable Swedish.
enum RuleWords {
    /// The label of a rule; its name in the file when it has no label yet.
    static func label(of path: String) -> String { labels[path] ?? retired[path] ?? path }

    /// Labels of rules that only versions of an earlier program have.
    private static let retired = ["registration.adultAge": "Ålder för att visa uppgifter"]

    /// The readable form of a rule's canonical JSON.
    static func value(_ json: String?) -> String {
        guard let json else { return "Saknas" }
        if json == "true" || json == "false" { return json == "true" ? "Ja" : "Nej" }
        return words(json).joined(separator: ", ")
    }

    private static func words(_ json: String) -> [String] {
        let data = Data(json.utf8)
        guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
            return [json]
        }
        return words(of: value)
    }

    private static func words(of value: Any) -> [String] {
        switch value {
        case let text as String: [Period(text)?.swedishInFigures ?? codes[text] ?? text]
        case let list as [Any]: list.isEmpty ? ["Inget"] : list.map { words(of: $0).joined(separator: " och ") }
        case let purpose as [String: Any]: [purpose["text"] as? String ?? purpose["id"] as? String ?? "…"]
        default: ["\(value)"]
        }
    }

    /// Labels of the codes that a version may change; codes that it cannot change are shown as in the file.
    private static let codes: [String: String] = [
        "name": "namn", "username": "användarnamn", "municipality": "kommun", "age": "ålder", "sex": "kön",
        "on": "på", "off": "av", "ask": "frågas om vid registreringen",
        "registerLookup": "hämta ur folkbokföringen", "visibleName": "visa namn",
        "visibleAgeAndSex": "visa ålder och kön", "newsletter": "nyhetsbrev", "advertising": "annonser",
    ]

    static let labels: [String: String] = [
        "advertising.label": "Märkning av annonser",
        "advertising.thirdParties": "Annonser från",
        "answers.automaticReceiptCounts": "Ett automatiskt kvitto räknas som svar",
        "answers.followUpReopens": "Skriver någon igen börjar tiden om",
        "closing.erasedAtOnce": "Raderas genast när kontot avslutas",
        "closing.keptToPreventReturn": "Sparas för att ingen ska börja om",
        "closing.posts": "Val för inlägg",
        "closing.preselectForErasure": "Egna texter som markeras för radering",
        "closing.purgeAnnouncedBefore": "Påminnelse före raderingen",
        "closing.restorableAfterBreachBy": "Kan återskapa efter regelbrott",
        "closing.restorableBy": "Kan återskapa",
        "closing.visibleTo": "Ser avslutade konton",
        "consents": "Frågor om samtycke",
        "cookies.necessary": "Nödvändiga kakor",
        "cookies.optional": "Frivilliga kakor",
        "deactivation.unreturnedCountsAsClosedAfter": "Avstängt konto räknas som avslutat efter",
        "deadlines.appealWindow": "Tid att begära omprövning",
        "deadlines.question": "Svar på frågor inom",
        "deadlines.questionWarnings": "Påminnelser om obesvarade frågor",
        "deadlines.rightsRequest": "Svar på begäran om rättigheter inom",
        "deadlines.rightsRequestExtension": "Längsta förlängning av det svaret",
        "declined.allowed": "Den som säger nej kan",
        "disclosure.administratorsRequired": "Administratörer för ett utlämnande",
        "disclosure.secretHoldVisibleTo": "Ser hemliga bevaranden",
        "fields.alwaysVisibleToMembers": "Syns alltid för medlemmar",
        "fields.byCase": "Ändras genom ärende",
        "fields.maskedUntilReauthenticated": "Dolt till lösenordet skrivits",
        "fields.optional": "Medlemmen väljer att visa",
        "fields.selfService": "Ändras av medlemmen själv",
        "identityProof": "Styrker vem som frågar",
        "mail.newsletter": "Nyhetsbrev till den som inte har valt",
        "mail.privateMessageNotice": "Mejl om privata meddelanden till den som inte har valt",
        "mandatoryMail": "Mejl som inte går att välja bort",
        "populationRegister.consent": "Samtycke för folkbokföringen",
        "populationRegister.fields": "Hämtas ur folkbokföringen",
        "purposes": "Ändamål",
        "recipients": "Mottagare",
        "registration.minimumAge": "Lägsta ålder",
        "registration.passwordMinimumLength": "Lösenordets minsta längd",
        "registration.required": "Krävs för att bli medlem",
        "retention.backup": "Säkerhetskopior",
        "retention.closedAccount": "Avslutade konton",
        "retention.confirmationLink": "Länk för att bekräfta",
        "retention.cookieChoice": "Val om kakor",
        "retention.correctionCase": "Rättelser",
        "retention.deletedText": "Text som den som skrev den har tagit bort",
        "retention.disclosure": "Utlämnanden",
        "retention.disputeCase": "Tvister",
        "retention.duplicateAccount": "Konto med någon annans personnummer",
        "retention.emailUndo": "Utbytt e-postadress",
        "retention.keyRotation": "Huvudnyckel i bruk",
        "retention.knownDevice": "Känd enhet där ingen loggar in",
        "retention.passwordResetLink": "Länk för nytt lösenord",
        "retention.pendingRegistration": "Registrering som väntar på kontroll",
        "retention.reading": "Vad en medlem har läst",
        "retention.drafts": "Utkast, sedan de ändrades senast",
        "retention.replacedKeyEpoch": "Utbytta nycklar",
        "retention.reportCase": "Anmälningar och beslut",
        "retention.rightsCase": "Begäranden om rättigheter",
        "retention.session": "Inloggning som inte används",
        "retention.sessionLifetime": "Inloggning, hur mycket den än används",
        "retention.signInDetails": "Uppgifter om inloggningar",
        "retention.staffName": "Namn som någon i administrationen har lämnat",
        "retention.supportCase": "Frågor",
        "retention.unconfirmedSignUp": "Obekräftad registrering",
        "retention.visitLog": "Besökslogg",
        "rights": "Rättigheter",
        "statistics.minimumCount": "Minsta antal i statistik",
        "storageCountry": "Land för lagring",
        "unusedAccount.closedAfter": "Oanvänt konto avslutas efter",
        "unusedAccount.warnBefore": "Påminnelser före det",
        "visitLog.anonymousAddressBits.ipv4": "Bitar av besökares IPv4-adress",
        "visitLog.anonymousAddressBits.ipv6": "Bitar av besökares IPv6-adress",
        "visitLog.fields": "Fält i besöksloggen",
    ]
}
