import Accounts
import HTML
import HTTPTypes
import Hummingbird
import Processes
import SiteMap
import Web

/// `/installningar/utdrag`: everything the site holds about the member, in one file (P-12.3, P-09.3).
struct AccessReportController: Sendable {
    let application: Application
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.accessReport) { $1.page(AccessReportPage()) }
        // The form asks for the password, so guesses from a borrowed browser count against the sign-in limit.
        routes.post(.accessReport, limit: .signIn) { try await download($1) }
    }

    private func download(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        var form = try context.form()
        do {
            try await application.accounts.reauthenticate(member, with: EnteredPassword(form.typed(.password)))
        } catch AccountRefusal.wrongPassword {
            form.note("Lösenordet stämmer inte.", at: .password)
            return context.refused(AccessReportPage(form: form))
        } catch is PasswordHasher.Overloaded {
            throw PageError.unavailable
        }
        let files = OperationalRecords(of: context.visit.site.stores)
        let archive = try await slowReads.read { [application] snapshot in
            try AccessReport(of: member, in: application, files, views: snapshot).archive
        }
        var response = Response.bytes(archive, type: "application/zip").uncached
        response.headers[.contentDisposition] = "attachment; filename=\"registerutdrag.zip\""
        return response
    }
}

/// `/installningar/utdrag`: asks for the password before the report is made.
struct AccessReportPage: HTMLPage {
    var form = Form()

    var title: String { "Registerutdrag" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Inställningar", .settings)])
        html.h1(title)
        html.p("Här laddar du ner allt vi har om dig, i en enda fil.", class: "lead")
        html.p(
            "I filen finns en sida att läsa, utdrag.html, och samma uppgifter i ett format för program, utdrag.json. Där står ditt personnummer, dina inlägg i alla versioner, dina inloggningar och besök, vad du har godkänt, när personalen har öppnat dina uppgifter, när vad raderas, vem som får del av uppgifterna och var du kan klaga."
        )
        html.p("Förvara filen där bara du kommer åt den.")
        html.form(post: .accessReport, form) { html in
            html.field(
                .password, "Ditt lösenord", in: form, .password,
                hint: "Så att ingen annan kan hämta dina uppgifter.", autocomplete: "current-password",
                maxLength: Password.maximumLength)
            html.actions { html in
                html.submit("Ladda ner")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}
