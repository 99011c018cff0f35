import Accounts
import HTML
import SiteMap
import Web

/// The page for a request that got no other answer: what happened, and what to do now.
struct ErrorPage: HTMLPage {
    let error: PageError
    /// Whether the site shows a past moment, where links such as registering and contact are not offered.
    var isOfThePast = false
    /// The form that cannot be carried out, shown as text to copy.
    var unsent: WaitingForm?

    var width: PageWidth { .narrow }

    var title: String {
        switch error {
        case .malformed(.formToken): "Formuläret har blivit för gammalt"
        case .malformed: "Något i begäran stämde inte"
        case .signInNeeded: "Logga in för att se sidan"
        case .textsNotAccepted: "Godkänn de nya texterna först"
        case .twoFactorNeeded: "Slå på tvåstegsinloggning först"
        case .forbidden: "Du har inte tillgång till sidan"
        case .ownMatter: "Det här gäller dig själv"
        case .notFound: "Sidan finns inte"
        case .alreadySent: "Formuläret är redan skickat"
        case .refused: "Det gick inte"
        case .methodNotAllowed: "Så kan sidan inte användas"
        case .tooLarge: "Det du skickade är för stort"
        case .wrongContentType: "Formuläret kom i fel format"
        case .tooMany: "Det gick lite för fort"
        case .outOfOrder: "Något gick fel hos oss"
        case .unavailable: "Webbplatsen är inte tillgänglig just nu"
        }
    }

    private var advice: String {
        switch error {
        case .malformed(.formToken):
            "Gå tillbaka, ladda om sidan och skicka igen. Kopiera gärna din text först. Webbläsaren måste ta emot kakor."
        case .malformed(.repeatedField), .malformed(.tooManyFields), .malformed(.encoding):
            "Det som skickades gick inte att läsa. Gå tillbaka, ladda om sidan och försök igen."
        case .malformed(.tooSlow): "Det tog för lång tid att ta emot det som skickades. Försök igen."
        case .malformed(.query): "Adressen innehåller något som inte går att läsa."
        case .signInNeeded: "Sidan är till för medlemmar."
        case .textsNotAccepted: "Integritetspolicyn eller medlemsvillkoren har ändrats sedan du godkände dem."
        case .twoFactorNeeded: "Den som är administratör behöver en kod utöver lösenordet."
        case .forbidden:
            isOfThePast
                ? "Tidigare lägen visas bara för administratörer och revisorer."
                : "Sidan är till för andra än dig. Om det verkar fel kan du kontakta oss."
        case .ownMatter:
            "Ingen i personalen tar hand om det som gäller henne eller honom själv, eller prövar sitt eget beslut en gång till. En kollega får göra det, och du behöver inte säga till: det står i listorna för alla andra som har rollen. Det du själv har frågat om eller är part i följer du under Mina ärenden, och dina uppgifter ser du under Inställningar."
        case .notFound: "Adressen kan vara felskriven, eller så har det som fanns här tagits bort."
        case .alreadySent:
            "Det skickades förut med ett annat innehåll, och det gäller fortfarande. Det du har ändrat är inte skickat."
        case .refused(let reason): reason
        case .methodNotAllowed: "Gå tillbaka och använd länkarna och knapparna på sidan."
        case .tooLarge(let limit):
            "Ett formulär får vara högst \(SwedishNumber.bytes(limit)). Korta ned texten och skicka igen."
        case .wrongContentType: "Använd formuläret på sidan för att skicka."
        case .tooMany(let seconds):
            "Du har gjort många försök på kort tid. Vänta \(SwedishNumber.spelled(seconds, "en sekund", "sekunder")) och försök igen."
        case .outOfOrder: "Felet är noterat. Försök igen om en stund. Det du skrev kan behöva skickas en gång till."
        case .unavailable: "Försök igen om en stund."
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(advice)
        if case .ownMatter(let roles) = error { writeWhatToDoAlone(Set(roles.compactMap(Role.init)), into: &html) }
        if let unsent {
            html.p("Det du skrev är inte skickat. Kopiera det härifrån om du vill ha det kvar.")
            html.texts(of: unsent)
        }
        html.actions { html in
            switch error {
            case .signInNeeded:
                html.buttonLink("Logga in", to: .signIn())
                guard !isOfThePast else { return }
                html.link("Bli medlem", to: .register, class: "link")
            case .textsNotAccepted: html.buttonLink("Läs och godkänn", to: .acceptTexts())
            case .twoFactorNeeded: html.buttonLink("Slå på tvåstegsinloggning", to: .twoFactor)
            case .outOfOrder, .unavailable, .tooMany: html.link("Till startsidan", to: .start, class: "link")
            case .ownMatter:
                html.buttonLink("Mina ärenden", to: .ownCases)
                html.link("Till forumet", to: .forum, class: "link")
            case .malformed, .forbidden, .notFound, .alreadySent, .refused, .methodNotAllowed, .tooLarge,
                .wrongContentType:
                html.buttonLink("Till forumet", to: .forum)
                html.link("Sök", to: .search(), class: "link")
                guard !isOfThePast else { return }
                html.link("Kontakta oss", to: .contact, class: "link")
            }
        }
    }

    private func writeWhatToDoAlone(_ roles: Set<Role>, into html: inout HTMLWriter) {
        let role =
            roles.contains(.moderator) ? Role.moderator : roles.contains(.administrator) ? .administrator : .auditor
        html.howToAppoint(
            "Är du ensam om rollen? Då måste någon till få den, så att den som väntar får svar i tid:", role,
            class: "muted")
    }
}
