import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The profiles of members on a site that shows an earlier time; the reader must give a reason, and the member can see it (P-16.7).
struct PastMemberController: Sendable {
    let present: Application
    let past: Application
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        let pages = MemberController(application: past, slowReads: slowReads)
        routes.get(.members) { try await pages.showDirectory($0, $1) }
        // The readers are staff, so the same rule about own matters applies as on the present site.
        let one = present.memberInAddress
        routes.get(.member, for: .auditors, about: one) { _, context in try askForReason(context) }
        routes.post(.member, for: .auditors, about: one) { request, context in
            var form = try context.form()
            let id: MemberID = try context.id()
            let name = try username(of: id)
            guard let why = OpenDataPage.reason(&form) else {
                return context.refused(OpenPastProfilePage(id: id, name: name, form: form))
            }
            try await note(id, why, context)
            return try pages.showProfile(request, context)
        }
    }

    private func askForReason(_ context: SiteContext) throws -> Response {
        let id: MemberID = try context.id()
        return context.page(OpenPastProfilePage(id: id, name: try username(of: id)))
    }

    /// - Throws: `notFound` when there was no such member then, or she has been erased since.
    private func username(of id: MemberID) throws -> String {
        guard let name = try past.views.members.username(of: id) else {
            throw PageError.notFound
        }
        return name
    }

    /// Recorded in the log of the present before anything is shown.
    private func note(
        _ id: MemberID, _ why: (reason: ViewingReason, note: ViewingNote?), _ context: SiteContext
    ) async throws {
        do {
            try await present.accounts.view(
                id, for: why.reason, note: why.note, by: try context.requireMember().id, command: try context.command())
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        } catch AccountRefusal.noSuchMember, AccountRefusal.tooLateToRestore {
            throw PageError.notFound
        }
    }
}

/// `/medlem/{id}` on a site that shows an earlier time, before the profile is opened.
struct OpenPastProfilePage: HTMLPage {
    let id: MemberID
    let name: String
    var form = Form()

    var title: String { "Öppna \(name)" }
    var menu: MainMenu? { .members }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Medlemmar", .members())])
        html.pageHead(title)
        html.form(post: .member(id), form) { html in
            OpenDataPage.writeReason(form, into: &html)
            html.actions { html in
                html.submit("Öppna")
                html.link("Avbryt", to: .members(), class: "link")
            }
        }
    }
}
