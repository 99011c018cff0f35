import Accounts
import Events
import HTML
import SiteMap

/// The form behind the mailed link.
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
                    "Minst \(SwedishNumber.inWords(minimumLength)) tecken. Några ord som inte hör ihop är både starkt och lätt att minnas. Använd det inte någon annanstans.",
                autocomplete: "new-password", maxLength: Password.maximumLength)
            html.actions { $0.submit("Byt lösenord") }
        }
    }
}

/// Confirms that a new password was set through a mailed link.
struct PasswordSetPage: HTMLPage {
    var title: String { "Lösenordet är bytt" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Du är utloggad på alla enheter. Logga in med ditt nya lösenord.", class: "lead")
        html.actions { $0.buttonLink("Logga in", to: .signIn()) }
    }
}
