import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

extension MemberAdministrationController {
    func askToEndSessions(of id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try endSessionsPage(id, Form(), context))
    }

    /// Records the event first, then ends the sessions; the member gets a mail with the reason.
    func endSessions(of id: MemberID, _ context: SiteContext) async throws -> Response {
        var page = try endSessionsPage(id, context.form(), context)
        let reason = page.form.require(
            EndMemberSessionsPage.reason, "Välj varför medlemmen loggas ut.", of: SessionsEndedReason.self)
        guard try await context.reauthenticate(&page.form, application.accounts), let reason else {
            return context.refused(page)
        }
        let refusal = try await attempt(id, context) { actor, command in
            try await application.accounts.endSessions(of: id, for: reason, by: actor, command: command)
            try await ending.endAll(of: id, at: context.now)
        }
        return refusal ?? .redirect(to: .staffMember(id))
    }

    private func endSessionsPage(
        _ id: MemberID, _ form: Form, _ context: SiteContext
    ) throws -> EndMemberSessionsPage {
        EndMemberSessionsPage(
            id: id, name: try application.staffName(of: id) ?? status(of: id, context).title, form: form)
    }
}

/// `/admin/medlem/{id}/logga-ut`
struct EndMemberSessionsPage: HTMLPage {
    static let reason: FieldName = "skal"

    let id: MemberID
    let name: String
    var form: Form

    var title: String { "Logga ut \(name) överallt" }
    var width: PageWidth { .narrow }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(name, .staffMember(id))])
        html.pageHead(title)
        html.p("Medlemmen loggas ut genast på alla enheter, kan logga in igen och får ett mejl med skälet.")
        html.form(post: .staffEndSessions(id), form) { html in
            html.select(
                EndMemberSessionsPage.reason, "Varför?", in: form,
                options: SessionsEndedReason.allCases.map { ($0.rawValue, $0.words.firstUpper) },
                prompt: "Välj ett skäl", hint: "Antecknas tillsammans med ditt namn.")
            html.presentPassword(in: form)
            html.actions { html in
                html.submit("Logga ut överallt", .danger)
                html.link("Avbryt", to: .staffMember(id), class: "link")
            }
        }
    }
}
