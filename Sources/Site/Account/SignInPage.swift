import Accounts
import Events
import HTML
import SiteMap

/// The sign-in form; the answer to a failed attempt does not reveal what was wrong.
struct SignInPage: HTMLPage {
    var form = Form()
    let returnPath: ReturnPath?
    /// True on a site that shows an earlier time, where only signing in is offered.
    var isOfThePast = false

    var title: String { "Logga in" }
    var width: PageWidth { .narrow }

    static let refusal = "Användarnamnet, e-postadressen eller lösenordet stämmer inte."

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.form(post: .signIn(), form) { html in
            html.returnPath(returnPath)
            html.field(
                .identifier, "E-postadress eller användarnamn", in: form, autocomplete: "username", maxLength: 254)
            html.field(
                .password, "Lösenord", in: form, .password, autocomplete: "current-password",
                maxLength: Password.maximumLength)
            html.actions { html in
                html.submit("Logga in")
                guard !isOfThePast else { return }
                html.link("Jag har glömt lösenordet", to: .forgottenPassword, class: "link")
            }
        }
        guard !isOfThePast else {
            return html.p("Tidigare lägen visas för administratörer och revisorer, som loggar in som vanligt.")
        }
        html.p { html in
            html.text("Är du inte medlem? ")
            html.link("Bli medlem", to: .register)
            html.text(".")
        }
        html.p { html in
            html.text("Har du avslutat kontot? ")
            html.link("Återskapa det", to: .restoreLink)
            html.text(".")
        }
    }
}

/// `/logga-ut`
struct SignOutPage: HTMLPage {
    var title: String { "Logga ut" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Vill du logga ut i den här webbläsaren? På andra enheter är du kvar.")
        html.form(post: .signOut) { html in
            html.actions { html in
                html.submit("Logga ut")
                html.link("Avbryt", to: .start, class: "link")
            }
        }
    }
}
