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
    let entries: [AuditTrail.Entry]
    let names: MemberNames

    var title: String { "Händelser: \(name)" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .auditTrail())
        html.breadcrumbs([Breadcrumb("Granskningslogg", .auditTrail())])
        html.pageHead(title, lead: "Att du har tittat är antecknat, och medlemmen kan se det.")
        html.trail(entries, names)
        if entries.count == MemberTrailPage.most {
            html.p("Bara de senaste \(MemberTrailPage.most) visas. Alla finns i en kopia av loggen:", class: "muted")
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
        let page = try await slowReads.read { snapshot in
            let entries = try snapshot.auditTrail.entries(
                AuditTrail.Filter(member: id, reader: viewer.id), before: nil, limit: MemberTrailPage.most
            )
            let names = try MemberNames(of: entries.map(\.actor), streams: entries.map(\.stream), in: snapshot)
            return MemberTrailPage(id: id, name: name, entries: entries, names: names)
        }
        return context.page(page)
    }

    private func name(of id: MemberID) throws -> String {
        try application.views.members.username(of: id) ?? "Tidigare medlem"
    }
}

extension HTMLWriter {
    /// Lists events with actor, action, stream and policy version.
    mutating func trail(_ entries: [AuditTrail.Entry], _ names: MemberNames) {
        let columns = [
            Column("Nummer", number: true), Column("Tid"), Column("Vem"), Column("Vad"), Column("Ström"),
            Column("Policy"),
        ]
        table("Händelser", columns, rows: entries) { entry, column, html in
            switch column {
            case 0: html.link(SwedishNumber.grouped(entry.position), to: .auditEvent(entry.position))
            case 1: html.exactTime(entry.time)
            case 2: names.write(entry.actor, into: &html)
            case 3:
                html.text(EventWords.sentence(for: entry.type))
                html.lineBreak()
                html.element(.span, class: "meta", text: entry.type)
            case 4: html.element(.span, class: "hash", text: names.shown(stream: entry.stream))
            default:
                if let policy = entry.policy {
                    html.link(policy.description, to: .privacyPolicy(version: policy.description))
                }
            }
        }
    }
}
