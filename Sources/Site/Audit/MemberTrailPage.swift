import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// Asks an auditor for the reason before one member's events are shown; it is recorded first (P-16.7).
struct MemberTrailReasonPage: HTMLPage {
    let id: MemberID
    let name: String
    var form = Form()

    var title: String { "Följ \(name)" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .auditTrail())
        html.breadcrumbs([Breadcrumb("Granskningslogg", .auditTrail())])
        html.pageHead(title, lead: "Att följa en medlems händelser är att öppna den medlemmens uppgifter.")
        html.form(post: .memberTrail(id), form) { html in
            OpenDataPage.writeReason(form, into: &html)
            html.actions { html in
                html.submit("Visa händelserna")
                html.link("Avbryt", to: .auditTrail(), class: "link")
            }
        }
    }
}

/// `/revision/medlem/{id}`: the events by and about one member, shown only in the answer to the request that recorded the viewing.
struct MemberTrailPage: HTMLPage {
    static let most = 500

    let id: MemberID
    let name: String
    let rows: [TrailRow]
    let isWhole: Bool
    let names: MemberNames

    var title: String { "Händelser: \(name)" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .auditTrail())
        html.breadcrumbs([Breadcrumb("Granskningslogg", .auditTrail())])
        html.pageHead(title, lead: "Att du har tittat är antecknat, och medlemmen kan se det.")
        html.trail(rows, names)
        if !isWhole {
            html.p("Bara de senaste visas. Alla finns i en kopia av loggen:", class: "muted")
            html.scrolling("Kommando", "mikroforetag log show --data KOPIA --member \(id)")
        }
    }
}

extension AuditController {
    func askForReason(_ id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(MemberTrailReasonPage(id: id, name: try name(of: id)))
    }

    /// Records the viewing, then shows the events.
    func memberTrail(_ id: MemberID, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let why = OpenDataPage.reason(&form) else {
            return context.refused(MemberTrailReasonPage(id: id, name: try name(of: id), form: form))
        }
        let viewer = try context.requireMember()
        do {
            try await application.accounts.view(
                id, for: why.reason, note: why.note, by: viewer.id, command: try context.command())
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        } catch AccountRefusal.noSuchMember, AccountRefusal.tooLateToRestore {
            throw PageError.notFound
        }
        await application.waitForViews()
        let name = try name(of: id)
        let log = application.log
        let page = try await slowReads.read { snapshot in
            let trail = try TrailRow.page(
                AuditTrail.Filter(member: id, reader: viewer.id), before: nil, limit: MemberTrailPage.most,
                in: snapshot, log)
            let entries = trail.rows.map(\.entry)
            let names = try MemberNames(of: entries.map(\.actor), streams: entries.map(\.stream), in: snapshot)
            return MemberTrailPage(id: id, name: name, rows: trail.rows, isWhole: !trail.isMore, names: names)
        }
        return context.page(page)
    }

    private func name(of id: MemberID) throws -> String {
        try application.views.members.username(of: id) ?? "Tidigare medlem"
    }
}
