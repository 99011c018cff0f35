import Events

/// Where somebody who has lost the password asks for a link to a new one.
struct ForgottenPasswordPage: HTMLPage {
    var form = Form()

    var title: String { "Glömt lösenordet" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Skriv den e-postadress som du är registrerad med, så skickar vi en länk till ett nytt lösenord.")
        html.form(post: .forgottenPassword, form) { html in
            html.field(.email, "E-postadress", in: form, .email, autocomplete: "email", maxLength: 254)
            html.actions { html in
                html.submit("Skicka länken")
                html.link("Logga in", to: .signIn(), class: "link")
            }
        }
    }
}

/// The answer, whether or not the address is a member's.
struct PasswordLinkSentPage: HTMLPage {
    let linkLasts: Period

    var title: String { "Titta i din e-post" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Om adressen hör till ett konto har vi skickat en länk dit.", class: "lead")
        html.p("Länken gäller i \(linkLasts.swedish). Begär du en ny slutar den gamla att fungera.")
        html.h2("Har du inte fått något?")
        html.div(class: "prose") { html in
            html.list([
                "Vänta några minuter och titta i skräpposten.",
                "Kanske är du registrerad med en annan adress.",
            ]) { $1.text($0) }
        }
        html.actions { html in
            html.link("Försök igen", to: .forgottenPassword, class: "link")
            html.link("Kontakta oss", to: .contact, class: "link")
        }
    }
}

/// Behind the link in the mail.
struct NewPasswordPage: HTMLPage {
    let token: SecretToken
    var form = Form()
    let minimumLength: Int

    var title: String { "Välj ett nytt lösenord" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("När du har bytt loggas du ut på alla enheter och får logga in igen med det nya lösenordet.")
        html.form(post: .newPassword(token: token.description), form) { html in
            html.field(
                .password, "Nytt lösenord", in: form, .password,
                hint:
                    "Minst \(minimumLength) tecken. Några ord som inte hör ihop är både starkt och lätt att minnas. Använd det inte någon annanstans.",
                autocomplete: "new-password", maxLength: 200)
            html.actions { $0.submit("Byt lösenord") }
        }
    }
}

struct PasswordSetPage: HTMLPage {
    var title: String { "Lösenordet är bytt" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Du är utloggad på alla enheter. Logga in med ditt nya lösenord.", class: "lead")
        html.actions { $0.buttonLink("Logga in", to: .signIn()) }
    }
}
