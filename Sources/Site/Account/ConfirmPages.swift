import Events
import HTML
import SiteMap

/// The page behind the mailed link: confirming takes a button press, because mail scanners open every link.
struct ConfirmPage: HTMLPage {
    let token: SecretToken
    var form = Form()
    /// True when another member has taken the requested username since the sign-up.
    var asksForUsername = false

    var title: String { asksForUsername ? "Välj ett annat användarnamn" : "Bekräfta din e-postadress" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        if asksForUsername {
            html.p("Någon hann före och tog ditt användarnamn. Välj ett nytt, så är du klar.", class: "lead")
        } else {
            html.p("Tryck på knappen så är adressen bekräftad.", class: "lead")
        }
        html.form(post: .confirm(token: token.description), form) { html in
            if asksForUsername {
                html.field(
                    .username, "Användarnamn", in: form,
                    hint:
                        "Det namn som alla ser när du skriver. Bokstäver, siffror, punkt, bindestreck och understreck.",
                    autocomplete: "username", maxLength: 30, isShort: true)
            }
            html.actions { $0.submit(asksForUsername ? "Spara och bli medlem" : "Bekräfta adressen") }
        }
        html.p(
            "Har du inte försökt bli medlem här kan du stänga sidan. Då raderas uppgifterna av sig själva.",
            class: "muted")
    }
}

/// The outcome of confirming an address.
struct ConfirmedPage: HTMLPage {
    enum Outcome: Sendable {
        case welcome
        /// The same whether or not the number is a member's (P-16.6).
        case tooOften
        case emailTaken
    }

    let outcome: Outcome

    var title: String {
        switch outcome {
        case .welcome: "Välkommen som medlem"
        case .tooOften: "Det går inte att bekräfta just nu"
        case .emailTaken: "Adressen hör redan till ett konto"
        }
    }

    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        switch outcome {
        case .welcome:
            html.p("Din e-postadress är bekräftad och ditt konto är klart.", class: "lead")
            html.actions { $0.buttonLink("Logga in", to: .signIn()) }
        case .tooOften:
            html.p("Registreringen kan inte bekräftas just nu.", class: "lead")
            html.p("Hör av dig, så hjälper vi dig. Gör du ingenting raderas uppgifterna av sig själva.")
            html.actions { $0.link("Kontakta oss", to: .contact, class: "link") }
        case .emailTaken:
            html.p("Du är redan medlem med den här e-postadressen. Inget nytt konto har skapats.", class: "lead")
            html.waysIn()
            html.p { html in
                html.text("Har du avslutat kontot? ")
                html.link("Återskapa det", to: .restoreLink)
                html.text(".")
            }
        }
    }
}
