import Events
import HTML
import SiteMap

/// Explains why a mailed link no longer works, and what to do instead.
struct BrokenLinkPage: HTMLPage {
    enum Purpose: Sendable { case confirming, newPassword, newEmail, undoneEmail }

    let purpose: Purpose
    let fault: MailedLink.Fault

    var title: String {
        switch fault {
        case .used: "Länken är redan använd"
        case .expired: "Länken har gått ut"
        case .unknown: "Länken fungerar inte"
        }
    }

    var width: PageWidth { .narrow }

    private var explanation: String {
        switch fault {
        case .used: "Varje länk går att använda en gång."
        case .expired: "Av säkerhetsskäl gäller länken bara en begränsad tid."
        case .unknown:
            "Den kan ha blivit avklippt i mejlet, eller så har du fått en nyare länk efter den. Använd länken i det senaste mejlet."
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(explanation, class: "lead")
        switch purpose {
        case .confirming:
            html.p("Har du redan bekräftat adressen kan du logga in. Annars går det bra att registrera dig igen.")
            html.actions { html in
                html.buttonLink("Logga in", to: .signIn())
                html.link("Registrera dig igen", to: .register, class: "link")
            }
        case .newPassword:
            html.p("Vill du byta lösenord kan du få en ny länk.")
            html.actions { html in
                html.buttonLink("Skicka en ny länk", to: .forgottenPassword)
                html.link("Logga in", to: .signIn(), class: "link")
            }
        case .newEmail:
            html.p("Vill du byta adress kan du begära en ny länk under Inställningar.")
            html.actions { html in
                html.buttonLink("Till inställningarna", to: .settings)
                html.link("Kontakta oss", to: .contact, class: "link")
            }
        case .undoneEmail:
            html.p("Har någon tagit över ditt konto hjälper vi dig. Hör av dig till oss.")
            html.actions { $0.link("Kontakta oss", to: .contact, class: "link") }
        }
    }
}

extension HTMLWriter {
    /// For a reader who has an account already.
    mutating func waysIn() {
        actions { html in
            html.buttonLink("Logga in", to: .signIn())
            html.link("Jag har glömt lösenordet", to: .forgottenPassword, class: "link")
        }
    }
}
