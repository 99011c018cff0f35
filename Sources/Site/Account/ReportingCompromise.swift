import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap

extension SettingsController {
    /// Ends every session, the member's own too; only a link to the registered address sets a new password (P-12.2).
    func reportCompromise(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = ReportCompromisePage(form: try context.form())
        guard try await reauthenticate(&page.form, context) else { return context.refused(page) }
        let member = try context.requireMember().id
        try await application.accounts.reportCompromise(
            of: member, by: .member(member), command: try context.command())
        try context.visit.site.devices.forgetAll(of: member)
        return try await signOutEverywhere(member, then: context.signedOutPage(CompromiseReportedPage()), context)
    }
}

/// `/installningar/kapat`
struct ReportCompromisePage: HTMLPage {
    var form = Form()

    var title: String { "Mitt konto är kapat" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p("Tror du att någon annan kan ditt lösenord? Spärra kontot genast.", class: "lead")
        html.div(class: "prose") { html in
            html.list([
                "Alla loggas ut, du också.", "Lösenordet slutar gälla.",
                "Vi mejlar en länk till din registrerade adress, där du väljer ett nytt lösenord.",
                "Har adressen bytts de senaste dagarna mejlar vi även den gamla, så att bytet kan ångras.",
            ]) { $1.text($0) }
        }
        html.form(post: .reportCompromise, form) { html in
            html.presentPassword(in: form)
            html.actions { html in
                html.submit("Spärra kontot", .danger)
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
        html.h2("Kan du inte lösenordet?")
        html.p { html in
            html.text("Då kan någon ha bytt det. ")
            html.link("Begär ett nytt lösenord", to: .forgottenPassword)
            html.text(
                ": när du har valt det loggas alla ut. Har någon bytt adressen ligger en länk som ångrar det i din gamla brevlåda. "
            )
            html.link("Kontakta oss", to: .contact)
            html.text(" om inget av det går.")
        }
    }
}

private struct CompromiseReportedPage: HTMLPage {
    var title: String { "Kontot är spärrat" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Alla är utloggade och lösenordet gäller inte längre.", class: "lead")
        html.p("Titta i din e-post: vi har skickat en länk där du väljer ett nytt lösenord.")
        html.actions { html in
            html.buttonLink("Skicka en ny länk", to: .forgottenPassword, secondary: true)
            html.link("Kontakta oss", to: .contact, class: "link")
        }
    }
}
