import Events
import HTML
import Processes
import SiteMap

/// The purposes of links that are mailed to a registered address on request.
enum AskedLink: Sendable {
    case newPassword, restoreLink

    fileprivate var page: SiteLink {
        switch self {
        case .newPassword: .forgottenPassword
        case .restoreLink: .restoreLink
        }
    }
}

/// `/glomt-losenord` and `/aterskapa`: the form for requesting a link without being signed in.
struct AskForLinkPage: HTMLPage {
    let link: AskedLink
    var form = Form()

    var width: PageWidth { .narrow }

    var title: String {
        switch link {
        case .newPassword: "Glömt lösenordet"
        case .restoreLink: "Återskapa konto"
        }
    }

    private var request: String {
        switch link {
        case .newPassword:
            "Skriv den e-postadress som du är registrerad med, så skickar vi en länk till ett nytt lösenord."
        case .restoreLink:
            "Har du avslutat ditt konto och ångrat dig? Skriv den e-postadress som du var registrerad med, så skickar vi en länk dit."
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(request, class: "lead")
        html.form(post: link.page, form) { html in
            html.field(.email, "E-postadress", in: form, .email, autocomplete: "email", maxLength: 254)
            html.actions { html in
                html.submit("Skicka länken")
                html.link("Logga in", to: .signIn(), class: "link")
            }
        }
    }
}

/// The answer to the request, the same whether or not the address is registered (P-16.6).
struct LinkSentPage: HTMLPage {
    let link: AskedLink
    let lasts: Period

    var title: String { "Titta i din e-post" }
    var width: PageWidth { .narrow }

    private var words: (lead: String, limit: String, otherAddress: String) {
        switch link {
        case .newPassword:
            (
                "Om adressen hör till ett konto har vi skickat en länk dit.",
                "Länken gäller i \(lasts.swedish), även om du ber om en ny.",
                "Kanske är du registrerad med en annan adress."
            )
        case .restoreLink:
            (
                "Om adressen hör till ett avslutat konto har vi skickat ett mejl dit.",
                "Ett konto kan återskapas i \(lasts.swedish) efter att det avslutades. Sedan är uppgifterna raderade.",
                "Kanske var du registrerad med en annan adress."
            )
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(words.lead, class: "lead")
        html.p(words.limit)
        html.h2("Har du inte fått något?")
        html.div(class: "prose") { html in
            html.list([
                "Vänta några minuter och titta i skräpposten.", words.otherAddress,
                "Vi skickar bara några få mejl i timmen till en adress. Har du bett om flera gäller länken i det du redan har fått.",
            ]) { $1.text($0) }
        }
        html.actions { html in
            html.link("Försök igen", to: link.page, class: "link")
            html.link("Kontakta oss", to: .contact, class: "link")
        }
    }
}
