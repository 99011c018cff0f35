import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// `/admin/medlem/{id}/bevara`: places or lifts a legal hold, which keeps a member's data from being erased (P-10.1).
struct HoldPage: HTMLPage {
    static let reference: FieldName = "referens"
    static let secret: FieldName = "hemligt"
    static let lift: FieldName = "hav"

    let id: MemberID
    let name: String
    let hold: LegalHold
    let asksForCode: Bool
    var form = Form()

    var title: String { "Bevara uppgifter" }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(name, .staffMember(id))])
        html.pageHead(
            title,
            lead: "Medan uppgifterna bevaras raderas de inte, även om tiden har gått ut. Ingen kan öppna dem för det.")
        switch hold {
        case .inactive: place(into: &html)
        case .active(let hold, let since):
            html.facts { html in
                html.fact("Bevaras sedan") { $0.exactTime(since) }
                html.fact("Myndighet och diarienummer", hold.reference.value.value?.text ?? "Uppgift saknas")
                html.fact(
                    "Hemligt",
                    hold.isSecret ? "Ja, medlemmen får inte veta det än" : "Nej, medlemmen får veta det")
            }
            html.form(post: .staffHold(id), form) { html in
                html.hidden(HoldPage.lift, "ja")
                html.secondFactor(in: form, isAsked: asksForCode)
                html.p("När du häver bevarandet raderas det som skulle ha varit raderat.", class: "muted")
                html.actions { html in
                    html.submit("Häv bevarandet", .danger)
                    html.link("Avbryt", to: .staffMember(id), class: "link")
                }
            }
        }
    }

    private func place(into html: inout HTMLWriter) {
        html.form(post: .staffHold(id), form) { html in
            html.field(
                HoldPage.reference, "Myndighet och diarienummer", in: form,
                hint: "Till exempel: Polisen, 0105-K1234-26.", maxLength: 500)
            html.checkbox(
                HoldPage.secret, "Hemligt tills vidare", in: form,
                hint:
                    "Välj det bara om lagen kräver att medlemmen inte får veta. Då syns det bara för administratörer och revisorer tills det hävs."
            )
            html.secondFactor(in: form, isAsked: asksForCode)
            html.actions { html in
                html.submit("Bevara")
                html.link("Avbryt", to: .staffMember(id), class: "link")
            }
        }
    }
}

/// `/revision/bevaranden`: the holds that no timeline shows yet, for the two roles that may know of them.
struct HoldsPage: HTMLPage {
    let rows: [(id: MemberID, name: String?, since: Instant, isSecret: Bool)]
    let isAdministrator: Bool

    var title: String { "Bevaranden" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .holds)
        html.pageHead(
            title,
            lead:
                "Uppgifter som inte får raderas för en utredning. De står inte i granskningsloggen förrän de har hävts."
        )
        guard !rows.isEmpty else {
            html.emptyState("Inget bevaras", "Inga uppgifter är undantagna från radering.")
            return
        }
        html.table("Bevaranden", [Column("Medlem"), Column("Sedan"), Column("Hemligt")], rows: rows) {
            row, column, html in
            switch column {
            case 0:
                let name = row.name ?? "Tidigare medlem"
                if isAdministrator { html.link(name, to: .staffHold(row.id)) } else { html.text(name) }
            case 1: html.exactTime(row.since)
            default: html.text(row.isSecret ? "Ja" : "Nej")
            }
        }
    }
}

extension MemberAdministrationController {
    func showHold(on id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try holdPage(id, Form(), context))
    }

    private func holdPage(_ id: MemberID, _ form: Form, _ context: SiteContext) throws -> HoldPage {
        let status = try status(of: id, context)
        return HoldPage(
            id: id, name: try application.staffName(of: id) ?? status.title,
            hold: try application.accounts.hold(on: id),
            asksForCode: try context.hasSecondFactor(application.accounts), form: form)
    }

    func changeHold(on id: MemberID, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let accounts = application.accounts
        if form.isChecked(HoldPage.lift) {
            guard try await context.requireFreshSecondFactor(&form, accounts) else {
                return context.refused(try holdPage(id, form, context))
            }
            return try await attempt(id, context) { try await accounts.liftHold(on: id, by: $0, command: $1) }
                ?? .redirect(to: .staffHold(id))
        }
        let message = "Skriv vilken myndighet det gäller och diarienumret, med högst 500 tecken."
        guard let reference = form.require(HoldPage.reference, message, as: { HoldReference($0) }) else {
            return context.refused(try holdPage(id, form, context))
        }
        guard try await context.requireFreshSecondFactor(&form, accounts) else {
            return context.refused(try holdPage(id, form, context))
        }
        let isSecret = form.isChecked(HoldPage.secret)
        return try await attempt(id, context) {
            try await accounts.placeHold(on: id, reference, isSecret: isSecret, by: $0, command: $1)
        } ?? .redirect(to: .staffHold(id))
    }

    func holds(_ context: SiteContext) async throws -> Response {
        let reader = try context.requireMember()
        let streams = try await slowReads.read { try $0.auditTrail.holds() }
        let rows = try streams.compactMap { entry -> (id: MemberID, name: String?, since: Instant, isSecret: Bool)? in
            guard let id = MemberNames.member(entry.stream), id != reader.id,
                case .active(let hold, _) = try application.accounts.hold(on: id)
            else { return nil }
            return (id, try application.staffName(of: id), entry.since, hold.isSecret)
        }
        return context.page(HoldsPage(rows: rows, isAdministrator: reader.roles.contains(.administrator)))
    }
}
