/// Behind the link in the mail: a button, because a mail scanner that opens every link must confirm nothing.
struct ConfirmPage: HTMLPage {
    let token: SecretToken
    var form = Form()
    /// The name in the sign-up was taken by somebody else meanwhile.
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

/// How confirming an address ended.
struct ConfirmedPage: HTMLPage {
    enum Outcome: Sendable {
        case welcome
        /// The same for every reason, so that nobody learns whose number is registered (P-16.6).
        case awaitingReview
        case emailTaken
    }

    let outcome: Outcome

    var title: String {
        switch outcome {
        case .welcome: "Välkommen som medlem"
        case .awaitingReview: "Väntar på kontroll"
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
        case .awaitingReview:
            html.p(
                "Din e-postadress är bekräftad. Innan kontot är klart behöver vi kontrollera uppgifterna.",
                class: "lead")
            html.p("Du behöver inte göra något. Vi hör av oss till din e-postadress. Under tiden syns inget om dig.")
            html.actions { $0.link("Kontakta oss", to: .contact, class: "link") }
        case .emailTaken:
            html.p("Du är redan medlem med den här e-postadressen. Inget nytt konto har skapats.", class: "lead")
            html.actions { html in
                html.buttonLink("Logga in", to: .signIn())
                html.link("Jag har glömt lösenordet", to: .forgottenPassword, class: "link")
            }
            html.p { html in
                html.text("Har du avslutat kontot? ")
                html.link("Återskapa det", to: .wayBack)
                html.text(".")
            }
        }
    }
}

/// A link from a mail that does not work any more, and how to go on.
struct BrokenLinkPage: HTMLPage {
    enum Purpose: Sendable { case confirming, newPassword }

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
            html.p("Har du redan bekräftat adressen kan du logga in. Annars går det bra att registrera sig igen.")
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
        }
    }
}
