import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// `/admin/registrering/{id}` for an account whose number is another account's: open its data, or end it now; whose number it is, is not shown.
struct DuplicatePage: HTMLPage {
    static let why: FieldName = "varfor"

    let entry: DuplicateEntry
    /// Whether this reader may open the data and end the account.
    let mayAct: Bool
    var form = Form()
    /// The data, once opened.
    var account: Account?
    var problem: String?

    var title: String { "Konto med någon annans personnummer" }
    var staffTab: SiteLink? { .staffReviews() }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Registreringar", .staffReviews())])
        html.h1(title)
        if let problem { html.notice(problem, .error) }
        html.errorSummary(form)
        html.facts { html in
            html.fact("Personnumret", entry.holder.words)
            html.fact("Bekräftat") { $0.exactTime(entry.since) }
            html.fact("Avslutas av sig självt") { $0.exactTime(entry.end) }
        }
        html.p(
            "Kontot fungerar som alla andra till dess. Berätta inte för den som har det att numret hör till någon annan, och inte heller för någon annan."
        )
        guard mayAct else {
            return html.p("En administratör kan öppna uppgifterna och avsluta kontot genast.", class: "muted")
        }
        writeDetails(into: &html)
        html.h2("Avsluta genast")
        html.p(
            "Den som har kontot får samma mejl som när tiden går ut, med regeln och hur man begär omprövning. Skälet antecknas bara här."
        )
        html.form(post: .staffReview(entry.member), form) { html in
            html.field(DuplicatePage.why, "Varför?", in: form, maxLength: ViewingNote.longest)
            html.actions {
                $0.submit("Avsluta kontot", .danger, choice: (.action, DuplicateAction.end.rawValue))
            }
        }
    }

    private func writeDetails(into html: inout HTMLWriter) {
        html.h2("Uppgifterna")
        guard let account, let identity = account.identity.value.value else {
            html.p("Öppna dem bara om du behöver dem för att avgöra saken. Att du gör det står i granskningsloggen.")
            html.form(post: .staffReview(entry.member)) { html in
                html.actions {
                    $0.submit("Visa uppgifterna", .secondary, choice: (.action, DuplicateAction.open.rawValue))
                }
            }
            return
        }
        html.facts { html in
            html.fact("Namn", identity.name.text)
            html.fact("Användarnamn") { $0.link(identity.username.text, to: .staffMember(entry.member)) }
            html.fact("E-postadress", account.email?.value.value?.text ?? "Raderad")
            html.fact("Personnummer", PersonalIdentityNumber.masked)
        }
    }
}

/// The buttons on the page of a duplicate.
enum DuplicateAction: String { case open, end }

extension AdministrationController {
    func duplicatePage(_ entry: DuplicateEntry, _ context: SiteContext) throws -> DuplicatePage {
        DuplicatePage(entry: entry, mayAct: try context.requireMember().roles.contains(.administrator))
    }

    func changeDuplicate(_ entry: DuplicateEntry, _ context: SiteContext) async throws -> Response {
        var page = try duplicatePage(entry, context)
        guard page.mayAct else { throw PageError.forbidden }
        page.form = try context.form()
        switch page.form.choice(.action, of: DuplicateAction.self) {
        case .open: return try await open(page, context)
        case .end: return try await end(page, context)
        case nil: throw PageError.malformed(.encoding)
        }
    }

    private func open(_ page: DuplicatePage, _ context: SiteContext) async throws -> Response {
        var page = page
        page.form = Form()
        try await reviewing {
            try await application.accounts.view(
                page.entry.member, for: .duplicate, note: nil, by: try context.requireMember().id,
                command: try context.command())
        }
        page.account = try application.accounts.member(page.entry.member).account
        return context.page(page).uncached
    }

    /// The reason is recorded first, as a viewing: it is for the staff alone.
    private func end(_ page: DuplicatePage, _ context: SiteContext) async throws -> Response {
        var page = page
        let (member, administrator) = (page.entry.member, try context.requireMember().id)
        guard page.form.require(DuplicatePage.why, "Skriv varför kontot avslutas nu.") != nil,
            page.form.fitsNote(DuplicatePage.why), let note = ViewingNote(page.form.text(DuplicatePage.why))
        else { return context.refused(page) }
        let command = try context.command()
        do {
            try await reviewing {
                try application.accounts.mayEndDuplicate(member, by: .member(administrator))
                try await application.accounts.view(
                    member, for: .duplicate, note: note, by: administrator,
                    command: CommandID(named: "\(command) viewing", at: context.now))
                try await application.accounts.endDuplicateNow(
                    member, erasing: try await application.textsIdentifyingTheAuthor(member),
                    by: .member(administrator), command: command)
            }
        } catch AccountRefusal.lastAdministrator {
            page.problem = "Det är den sista administratören. Ge rollen till någon annan först."
            return context.page(page, status: .conflict)
        }
        return .redirect(to: .staffReviews())
    }
}
