import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/anmal`: the form for reporting unlawful content, open to anybody (DSA Art. 16, P-11.3).
struct ReportController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.report) { try show($0, $1) }
        routes.post(.report, limit: .mail) { try await send($1) }
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let query = try request.query()
        if query.choice(.done, of: CaseChange.self) == .sent { return context.page(ReportSentPage()) }
        guard let post: PostID = query.value(ReportPage.post) else { return context.page(page(Form(), context)) }
        var page = page(Form([.reportedAddress: context.visit.site.baseURL.url(of: .post(post))]), context)
        if context.reader.actor != nil {
            page.dispute = try application.views.posts.place(of: post).map { .openDispute(about: .thread($0.thread)) }
        }
        return context.page(page)
    }

    private func page(_ form: Form, _ context: SiteContext) -> ReportPage {
        ReportPage(
            isMember: context.reader.isMember, stamp: context.reader.isMember ? nil : SpamGuard(context).stamp,
            form: form)
    }

    private func send(_ context: SiteContext) async throws -> Response {
        var form = try context.form()
        if !context.reader.isMember { SpamGuard(context).check(&form, at: .caseText) }
        let reason = form.require(ReportPage.reason, "Välj vad som är fel.", of: ReportReason.self)
        let target = form.require(.reportedAddress, "Skriv adressen till sidan, med högst 500 tecken.") {
            $0.isEmpty || $0.count > 500 ? nil : $0
        }
        let statement = form.require(
            .caseText,
            "Skriv varför innehållet är fel, med högst \(SwedishNumber.grouped(CaseStatement.longest)) tecken."
        ) { CaseStatement(text: $0, target: target) }
        let contact = context.reader.isMember ? nil : form.requireReporter(for: reason)
        if !form.isChecked(ReportPage.goodFaith) {
            form.note("Bekräfta att det du skriver stämmer, så vitt du vet.", at: ReportPage.goodFaith)
        }
        guard form.isAccepted, let reason, let target, let statement else {
            return context.refused(page(form, context))
        }
        let command = try context.command()
        guard try context.spend(.report, for: command, in: application, noting: &form, at: .caseText) else {
            return context.refused(page(form, context), form)
        }
        let member = context.member?.id
        let thing = try application.reportedThing(at: target, of: context.visit.site.baseURL)
        let id = try await application.messaging.open(
            OpenCase(.report(reason, thing), by: member, at: contact, statement),
            by: member.map(Actor.member) ?? .visitor, command: command)
        return .redirect(to: member == nil ? .reportSent : .ownCase(id, after: .sent))
    }
}

extension Form {
    /// The name and address of a reporter who is not signed in: required, except in a notice of sexual abuse of children (DSA Art. 16.2 c).
    fileprivate mutating func requireReporter(for reason: ReportReason?) -> CaseContact? {
        let isNameless = text(.name).isEmpty
        if reason == .childAbuse, text(.email).isEmpty {
            if !isNameless { note("Skriv också en e-postadress, eller ta bort namnet.", at: .email) }
            return nil
        }
        if isNameless, reason != .childAbuse { note("Skriv ditt namn.", at: .name) }
        return requireContact()
    }
}

extension FieldName {
    static let reportedAddress: FieldName = "adress"
}

extension Application {
    /// The entity that an address on the site names; `.page` for any other address, and for pages that cannot be judged by themselves.
    func reportedThing(at address: String, of base: BaseURL? = nil) throws -> ReportedThing {
        let path = Application.path(of: address, at: base)
        let anchor = path.split(separator: "#").dropFirst().first.map(String.init)
        if let anchor, anchor.hasPrefix(SiteLink.anchor(of: "")),
            let post = PostID(String(anchor.dropFirst(SiteLink.anchor(of: "").count))), try forum.post(post) != nil
        {
            return .post(post)
        }
        let parts = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        guard parts.count >= 2 else { return .page }
        if parts[0] == "inlagg", let post = PostID(String(parts[1])), try forum.post(post) != nil { return .post(post) }
        if parts[0] == "medlem", let member = MemberID(String(parts[1])), try accounts.member(member).active != nil {
            return .member(member)
        }
        if parts[0] == "trad", let thread = ThreadID(String(parts[1])), try forum.thread(thread).facts != nil {
            return .thread(thread)
        }
        return .page
    }

    /// The path of an address as people copy it: with or without the host, with `http` or `https`.
    private static func path(of address: String, at base: BaseURL?) -> String {
        guard !address.hasPrefix("/") else { return address }
        let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        guard let slash = rest.firstIndex(of: "/") else { return address }
        let host = base?.origin.split(separator: "/").last.map(String.init)
        return host.map { rest[..<slash].lowercased() == $0 } ?? true ? String(rest[slash...]) : address
    }
}

/// `/anmal`
struct ReportPage: HTMLPage {
    static let post: FieldName = "inlagg"
    static let reason: FieldName = "orsak"
    static let goodFaith: FieldName = "stammer"

    let isMember: Bool
    let stamp: String?
    var form: Form
    /// Where a member asks for help in a dispute about the post's thread.
    var dispute: SiteLink?

    var title: String { "Anmäl innehåll" }
    var summary: String? { "Så anmäler du innehåll." }
    var width: PageWidth { .narrow }
    var address: SiteLink? { .report() }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Har du sett något som du tror är olagligt, som bryter mot medlemsvillkoren eller som sprider någons personuppgifter? Tala om det för oss, vare sig du är medlem eller inte.",
            class: "lead")
        html.p(
            "En människa läser varje anmälan. Du får ett kvitto och sedan ett beslut med skäl. Tar vi bort något får den som har skrivit det veta varför, men vi talar inte om vem som anmälde."
        )
        html.form(post: .report(), form) { html in
            html.spamGuard(stamp)
            html.field(
                .reportedAddress, "Var finns det?", in: form,
                hint:
                    "Adressen till inlägget eller sidan. Klicka på inläggets nummer, till exempel #7, och kopiera adressen.",
                maxLength: 500)
            html.radios(
                ReportPage.reason, "Vad är fel?", in: form,
                options: ReportReason.allCases.map { reason in (reason.rawValue, reason.swedish, reason.hint) })
            html.textarea(
                .caseText, "Varför är det fel?", in: form,
                hint:
                    "Gärna med hänvisning till lagen eller till punkten i medlemsvillkoren. Skriv inget personnummer.",
                maxLength: CaseStatement.longest, rows: 6)
            if !isMember {
                html.field(
                    .name, "Ditt namn", in: form,
                    hint: "Gäller det sexuella övergrepp mot barn kan du lämna både namn och e-postadress tomma.",
                    autocomplete: "name", maxLength: 100)
                html.field(
                    .email, "Din e-postadress", in: form, .email,
                    hint: "Dit skickar vi kvitto och beslut. Utan adress får du inget svar.", autocomplete: "email",
                    maxLength: 254)
            }
            html.checkbox(
                ReportPage.goodFaith, "Det jag har skrivit stämmer, så vitt jag vet", in: form)
            html.actions { $0.submit("Skicka anmälan") }
        }
        html.p("Handlar det om ett brott som pågår, ring polisen på 112.", class: "muted")
        guard let dispute else { return }
        html.p(class: "muted") { html in
            html.text("Är inget fel med texten, men ni kommer inte överens? ")
            html.link("Be oss hjälpa till att lösa tvisten", to: dispute)
            html.text(".")
        }
    }
}

extension ReportReason {
    fileprivate var hint: String? {
        switch self {
        case .personalData: "Någons namn, adress, bild eller annat sprids utan lov."
        case .childAbuse: "Då får du vara anonym. Är du inloggad och vill det loggar du ut först."
        case .unlawful, .abuse, .spam, .other: nil
        }
    }
}

/// Shown after a visitor's report.
struct ReportSentPage: HTMLPage {
    var title: String { "Tack för din anmälan" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Skrev du en e-postadress är ett kvitto på väg dit, och när vi har beslutat får du veta vad det blev och varför.",
            class: "lead")
        html.p(
            "Lämnade du ingen adress kan vi inte svara dig, men anmälan har kommit fram och en människa läser den. Har adressen redan fått flera mejl från oss den senaste timmen hoppar vi över kvittot, men anmälan har kommit fram.",
            class: "muted")
        html.actions { $0.link("Till forumet", to: .forum, class: "link") }
    }
}
