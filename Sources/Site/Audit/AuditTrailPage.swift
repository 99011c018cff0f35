import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/revision/granskningslogg`: the events, newest first.
struct AuditTrailPage: HTMLPage {
    let choice: AuditTrailChoice
    let form: Form
    let trail: TrailRow.Page
    let names: MemberNames

    var title: String { "Granskningslogg" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .auditTrail())
        html.pageHead(title, lead: "Vem som gjorde vad, och vilken version av integritetspolicyn som gällde då.")
        filters(into: &html)
        guard !trail.rows.isEmpty else {
            html.emptyState("Inga händelser", "Ingenting i loggen stämmer med urvalet.") { html in
                html.link("Visa allt", to: .auditTrail())
            }
            return
        }
        html.trail(trail.rows, names)
        older(into: &html)
    }

    private func filters(into html: inout HTMLWriter) {
        html.form(get: .auditTrail(), class: "filters", label: "Urval") { html in
            html.field(
                AuditTrailChoice.member, "Medlem", in: form,
                hint: "Användarnamn eller id. Du får ange ett skäl, och det antecknas")
            html.select(
                AuditTrailChoice.actor, "Vem", in: form, options: ActorWords.options, prompt: "Alla")
            html.select(
                AuditTrailChoice.type, "Händelse", in: form,
                options: EventWords.all.map { ($0.name, $0.sentence) }, prompt: "Alla")
            html.select(
                AuditTrailChoice.clause, "Klausul", in: form,
                options: PolicyClause.allCases.map { ($0.rawValue, $0.rawValue) }, prompt: "Alla")
            html.field(AuditTrailChoice.stream, "Ström", in: form, hint: "Till exempel privacy-policy")
            html.field(AuditTrailChoice.from, "Från och med", in: form, .date)
            html.field(AuditTrailChoice.until, "Till och med", in: form, .date)
            html.submit("Visa")
        }
    }

    private func older(into html: inout HTMLWriter) {
        html.element(.nav, class: "pager", .label("Sidor")) { html in
            html.element(.ol) { html in
                if choice.before != nil { html.li { $0.link("Nyaste", to: choice.page(before: nil)) } }
                if trail.isMore, let last = trail.rows.last?.last {
                    html.li { $0.element(.a, .href(choice.page(before: last.position)), .rel("next"), text: "Äldre") }
                }
            }
        }
    }
}

/// The filter of the trail, as given in the query.
struct AuditTrailChoice: Sendable {
    static let member: FieldName = "medlem"
    static let type: FieldName = "typ"
    static let actor: FieldName = "vem"
    static let clause: FieldName = "klausul"
    static let stream: FieldName = "strom"
    static let from: FieldName = "fran"
    static let until: FieldName = "till"
    static let position: FieldName = "fore"

    let items: [QueryItem]
    let before: Int?

    init(_ form: Form) {
        items = [Self.type, Self.actor, Self.clause, Self.stream, Self.from, Self.until].map {
            QueryItem($0, form.text($0))
        }
        before = form.value(Self.position)
    }

    /// The events that are evidence for a clause.
    static func page(of clause: PolicyClause) -> SiteLink {
        .auditTrail(query: [QueryItem(Self.clause, clause.rawValue)])
    }

    /// The mails handed over up to a position.
    static func mails(through position: Int) -> SiteLink {
        .auditTrail(query: [
            QueryItem(Self.type, MailEventName.handedOver.rawValue), QueryItem(Self.position, String(position + 1)),
        ])
    }

    func page(before position: Int?) -> SiteLink {
        .auditTrail(query: items + [QueryItem(Self.position, position.map(String.init))])
    }
}

extension AuditController {
    func trail(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try request.query()
        // Following a single member is viewing a person, which takes a reason.
        if let member = try memberAskedFor(&form) { return .redirect(to: .memberTrail(member)) }
        var filter = filter(&form)
        filter.reader = try context.requireMember().id
        let choice = AuditTrailChoice(form)
        let asked = form
        let (chosen, log) = (filter, application.log)
        let page = try await slowReads.read { snapshot in
            // An invalid filter lists no events; the page shows the mistake at its field.
            let trail =
                asked.isAccepted
                ? try TrailRow.page(chosen, before: choice.before, in: snapshot, log) : TrailRow.Page()
            let entries = trail.rows.map(\.entry)
            let names = try MemberNames(of: entries.map(\.actor), streams: entries.map(\.stream), in: snapshot)
            return AuditTrailPage(choice: choice, form: asked, trail: trail, names: names)
        }
        return form.isAccepted ? context.page(page) : context.refused(page)
    }

    private func memberAskedFor(_ form: inout Form) throws -> MemberID? {
        let named = form.text(AuditTrailChoice.member)
        guard !named.isEmpty else { return MemberNames.member(form.text(AuditTrailChoice.stream)) }
        let member = try MemberID(named) ?? application.views.members.find(username: named)
        if member == nil { form.note("Ingen medlem heter så", at: AuditTrailChoice.member) }
        return member
    }

    private func filter(_ form: inout Form) -> AuditTrail.Filter {
        var filter = AuditTrail.Filter(type: EventWords.prefix(of: form.text(AuditTrailChoice.type)))
        filter.actor = chosen(AuditTrailChoice.actor, "Välj någon i listan", &form)
        filter.types = chosen(AuditTrailChoice.clause, "Välj en klausul i listan", &form, of: PolicyClause.self)
            .map { clause in EventTag.all.filter { $0.clauses.contains(clause) }.map(\.name) }
        let stream = form.text(AuditTrailChoice.stream)
        if !stream.isEmpty { filter.stream = stream }
        filter.from = day(AuditTrailChoice.from, &form)?.startInStockholm
        // Up to the end of the day, which may have 23 or 25 hours.
        filter.until = day(AuditTrailChoice.until, &form).flatMap { day in
            Period("P1D").map { day.startInStockholm.adding($0) }
        }
        return filter
    }

    private func chosen<Choice: RawRepresentable>(
        _ field: FieldName, _ message: String, _ form: inout Form, of: Choice.Type = Choice.self
    ) -> Choice? where Choice.RawValue == String {
        form.text(field).isEmpty ? nil : form.require(field, message, of: Choice.self)
    }

    private func day(_ field: FieldName, _ form: inout Form) -> CalendarDate? {
        let text = form.text(field)
        guard !text.isEmpty else { return nil }
        let day = CalendarDate(text)
        if day == nil { form.note("Skriv datumet som 2026-03-12", at: field) }
        return day
    }
}

/// The labels of actors in the filter.
enum ActorWords {
    static let options: [(value: String, label: String)] = AuditTrail.ActorKind.allCases.map {
        ($0.rawValue, name(of: $0))
    }

    private static func name(of kind: AuditTrail.ActorKind) -> String {
        switch kind {
        case .member: "Medlemmar"
        case .visitor: "Besökare"
        case .operator: "Driften"
        case .system: "Webbplatsen"
        }
    }
}
