import SiteMap

extension SettingsChange {
    var words: String {
        switch self {
        case .emailRequested:
            "Vi har skickat en länk till den nya adressen. Den gamla gäller tills du har öppnat länken och bekräftat."
        case .username: "Användarnamnet är ändrat."
        case .municipality: "Kommunen är ändrad."
        case .municipalityWithdrawn: "Kommunen är borttagen. Andra ser ”Uppgift saknas”."
        case .password: "Lösenordet är bytt. På andra enheter är du utloggad."
        case .shown: "Påslaget. Andra medlemmar ser uppgifterna från och med nu."
        case .hidden: "Avstängt. Andra medlemmar ser inte uppgifterna längre."
        case .consentGiven: "Ditt samtycke är antecknat."
        case .consentWithdrawn: "Ditt samtycke är tillbakadraget."
        case .identityProtected:
            "Din identitet är skyddad. Ingen kommun är sparad och inget om dig visas eller slås upp."
        case .protectionEnded: "Skyddet är avslutat. Du kan ange din kommun, om du vill."
        case .signedOutOne: "Enheten är utloggad."
        case .signedOutElsewhere: "Du är utloggad på alla andra enheter."
        case .deviceForgotten: "Enheten är glömd."
        case .readingCleared: "Vi har glömt vad du har läst. Allt som har kommit hittills räknas som läst."
        case .correctionRequested: "Din begäran om rättelse är mottagen. Du får ett mejl när den är avgjord."
        case .addressRetried: "Vi försöker mejla dig igen från och med nu."
        case .correctionCompared: "Jämförelsen är antecknad."
        case .correctionDecided: "Beslutet är fattat, och medlemmen får ett mejl om det."
        }
    }
}
