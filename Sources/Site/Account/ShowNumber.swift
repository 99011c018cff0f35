import Accounts
import Events
import HTML
import Hummingbird
import SiteMap
import Web

extension SettingsController {
    /// Shows the number in this one answer, and nowhere else (P-12.3).
    func showNumber(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = ShowNumberPage(form: try context.form())
        guard try await reauthenticate(&page.form, context) else { return context.refused(page) }
        guard let number = try account(context).identity.value.value?.number else { throw PageError.notFound }
        var response = context.page(NumberPage(number: number))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// `/installningar/personnummer`
struct ShowNumberPage: HTMLPage {
    var form = Form()

    var title: String { "Visa personnumret" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p("Skriv ditt lösenord en gång till, så att ingen annan läser numret om du har gått ifrån datorn.")
        html.form(post: .showNumber, form) { html in
            html.presentPassword(in: form)
            html.actions { html in
                html.submit("Visa")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}

private struct NumberPage: HTMLPage {
    let number: PersonalIdentityNumber

    var title: String { "Ditt personnummer" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.facts { html in
            html.fact(number.isCoordinationNumber ? "Samordningsnummer" : "Personnummer", number.grouped)
        }
        html.p("Numret visas bara nu. När du lämnar sidan är det dolt igen.", class: "muted")
        html.actions { html in
            html.buttonLink("Till inställningarna", to: .settings)
            html.link("Begär rättelse", to: .requestCorrection(.personalIdentityNumber), class: "link")
        }
    }
}

extension PersonalIdentityNumber {
    /// `19880917-2391`
    var grouped: String { "\(twelveDigits.prefix(8))-\(twelveDigits.suffix(4))" }
}
