import Events
import Hummingbird
import Projections

/// `/revision/granskningslogg`: what happened, the newest first.
struct AuditTrailPage: HTMLPage {
    let choice: AuditTrailChoice
    let form: Form
    let entries: [AuditTrail.Entry]
    let names: MemberNames

    var title: String { "Granskningslogg" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditPage.places, current: .auditTrail())
        html.pageHead(title, lead: "Vem som gjorde vad, och vilken version av integritetspolicyn som gällde då.")
        filters(into: &html)
        guard !entries.isEmpty else {
            html.emptyState("Inga händelser", "Ingenting i loggen stämmer med urvalet.") { html in
                html.link("Visa allt", to: .auditTrail())
            }
            return
        }
        html.table("Händelser", columns, rows: entries) { entry, column, html in
            switch column {
            case 0: html.link(SwedishNumber.grouped(entry.position), to: .auditEvent(entry.position))
            case 1: html.exactTime(entry.time)
            case 2: names.write(entry.actor, into: &html)
            case 3:
                html.text(EventWords.sentence(for: entry.type))
                html.raw("<br>")
                html.element(.span, class: "meta", text: entry.type)
            case 4: html.element(.span, class: "hash", text: names.shown(stream: entry.stream))
            default:
                if let policy = entry.policy {
                    html.link(policy.description, to: .privacyPolicy(version: policy.description))
                }
            }
        }
        older(into: &html)
    }

    private var columns: [Column] {
        [
            Column("Nummer", number: true), Column("Tid"), Column("Vem"), Column("Vad"), Column("Ström"),
            Column("Policy"),
        ]
    }

    private func filters(into html: inout HTMLWriter) {
        html.form(get: .auditTrail(), class: "filters", label: "Urval") { html in
            html.field(AuditTrailChoice.member, "Medlem", in: form, hint: "Användarnamn eller id")
            html.select(
                AuditTrailChoice.type, "Händelse", in: form,
                options: EventWords.all.map { ($0.name, $0.sentence) }, prompt: "Alla")
            html.field(AuditTrailChoice.from, "Från och med", in: form, .date)
            html.field(AuditTrailChoice.until, "Till och med", in: form, .date)
            html.submit("Visa")
        }
    }

    private func older(into html: inout HTMLWriter) {
        html.raw("<nav class=\"pager\" aria-label=\"Sidor\"><ol>")
        if choice.before != nil { html.li { $0.link("Nyaste", to: choice.page(before: nil)) } }
        if entries.count == AuditTrail.pageSize, let last = entries.last, last.position > 1 {
            html.li { $0.element(.a, .href(choice.page(before: last.position)), .rel("next"), text: "Äldre") }
        }
        html.raw("</ol></nav>")
    }
}

/// What somebody wants to see of the trail, as the address says it.
struct AuditTrailChoice: Sendable {
    static let member: FieldName = "medlem"
    static let type: FieldName = "typ"
    static let from: FieldName = "fran"
    static let until: FieldName = "till"
    static let position: FieldName = "fore"

    let items: [Query.Item]
    let before: Int?

    init(_ form: Form) {
        items = [Self.member, Self.type, Self.from, Self.until].map { Query.Item($0, form.text($0)) }
        before = form.value(Self.position)
    }

    func page(before position: Int?) -> Page {
        .auditTrail(query: items + [Query.Item(Self.position, position.map(String.init))])
    }
}

extension AuditPages {
    func trail(_ request: Request, _ context: SiteContext) throws -> Response {
        var form = try request.query()
        let filter = try filter(&form)
        let choice = AuditTrailChoice(form)
        let page = try community.views.read { database in
            // What was asked for and cannot be is answered with nothing, beside the mistake.
            let entries = form.isAccepted ? try AuditTrail.entries(filter, before: choice.before, in: database) : []
            let names = try MemberNames(of: entries.map(\.actor), streams: entries.map(\.stream), in: database)
            return AuditTrailPage(choice: choice, form: form, entries: entries, names: names)
        }
        return form.isAccepted ? context.page(page) : context.refused(page)
    }

    private func filter(_ form: inout Form) throws -> AuditTrail.Filter {
        var filter = AuditTrail.Filter(type: EventWords.prefix(of: form.text(AuditTrailChoice.type)))
        let named = form.text(AuditTrailChoice.member)
        if !named.isEmpty {
            filter.member =
                try MemberID(named) ?? community.views.read { try MemberDirectory.find(username: named, in: $0) }
            if filter.member == nil { form.note("Ingen medlem heter så", at: AuditTrailChoice.member) }
        }
        filter.from = day(AuditTrailChoice.from, &form)?.startInStockholm
        // Through the end of the day, however long it is.
        filter.until = day(AuditTrailChoice.until, &form).flatMap { day in
            Period("P1D").map { day.startInStockholm.adding($0) }
        }
        return filter
    }

    private func day(_ field: FieldName, _ form: inout Form) -> CalendarDate? {
        let text = form.text(field)
        guard !text.isEmpty else { return nil }
        let day = CalendarDate(text)
        if day == nil { form.note("Skriv datumet som 2026-03-12", at: field) }
        return day
    }
}
