import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// Asks for the reason before a member's data are opened; it is recorded first (P-16.7).
struct OpenDataPage: HTMLPage {
    static let reason: FieldName = "skal"
    static let note: FieldName = "anteckning"

    let id: MemberID
    let status: MemberStatus
    var form = Form()

    var title: String { "Öppna uppgifter" }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(status.title, .staffMember(id))])
        html.pageHead(title)
        html.form(post: .staffMemberData(id), form) { html in
            OpenDataPage.writeReason(form, into: &html)
            html.actions { html in
                html.submit("Öppna")
                html.link("Avbryt", to: .staffMember(id), class: "link")
            }
        }
    }

    static func writeReason(_ form: Form, into html: inout HTMLWriter) {
        html.select(
            reason, "Varför öppnar du uppgifterna?", in: form, options: ViewingReasonWords.options,
            prompt: "Välj ett skäl", hint: "Skälet antecknas tillsammans med ditt namn, och medlemmen kan se det.")
        html.field(
            note, "Anteckning", in: form, hint: "Till exempel ärendets nummer. Skriv inga personuppgifter.",
            optional: true, maxLength: ViewingNote.longest)
    }

    /// The reason and the note, or nil with a message at the field.
    static func reason(_ form: inout Form) -> (reason: ViewingReason, note: ViewingNote?)? {
        let chosen = form.require(reason, "Välj varför du öppnar uppgifterna.", of: ViewingReason.self)
        guard form.fitsNote(note), let chosen else { return nil }
        return (chosen, ViewingNote(form.text(note)))
    }
}

extension Form {
    /// False, with a message at the field, when the note is too long to be stored in full.
    mutating func fitsNote(_ field: FieldName) -> Bool {
        let fits = text(field).count <= ViewingNote.longest
        if !fits { note("Korta ned texten till högst \(ViewingNote.longest) tecken.", at: field) }
        return fits
    }
}

/// A member's data, shown only in the answer to the request that recorded the opening.
struct MemberDataPage: HTMLPage {
    let id: MemberID
    let status: MemberStatus
    let account: Account
    let statement: StatementOfReasons?
    let appeal: AppealText?
    let consents: ConsentHistory
    let today: CalendarDate

    var title: String { account.identity.value.value?.username.text ?? status.title }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(status.title, .staffMember(id))])
        html.pageHead(title, lead: "Att du har öppnat uppgifterna är antecknat. De visas bara på den här sidan.")
        html.facts { html in
            status.writeFacts(into: &html)
            identity(into: &html)
            addresses(into: &html)
            html.fact("Kommun", account.municipality?.value.value?.name ?? "Uppgift saknas")
            html.fact("Skyddade uppgifter", account.identityProtection?.value.value == .protected ? "Ja" : "Nej")
            html.fact("Anmälde sig") { $0.exactTime(account.signedUpAt) }
            if let confirmed = account.confirmedAt { html.fact("Medlem sedan") { $0.exactTime(confirmed) } }
            html.fact("Har godkänt", acceptances)
        }
        if let statement {
            html.h2("Beslutet")
            html.facts { html in
                html.fact("Regel", masked(statement.rule), shownAt: .staffNumber(id))
                html.fact("Vad som har hänt", masked(statement.facts), shownAt: .staffNumber(id))
                if let appeal { html.fact("Begäran om omprövning", masked(appeal.text), shownAt: .staffNumber(id)) }
            }
        }
        html.h2("Godkännanden och samtycken")
        consents.write(into: &html)
    }

    private func masked(_ text: String) -> MaskedText { MaskedText(text, today: today) }

    private func identity(into html: inout HTMLWriter) {
        guard let identity = account.identity.value.value else { return }
        html.fact("Namn", identity.name.text)
        html.fact("Användarnamn", identity.username.text)
        html.fact("Personnummer") {
            $0.text(PersonalIdentityNumber.masked)
        } action: {
            $0.link("Visa", to: .staffNumber(id), class: "link")
        }
    }

    private func addresses(into html: inout HTMLWriter) {
        if let email = account.email?.value.value { html.fact("E-postadress", email.text) }
        if let previous = account.previousEmail?.email.value.value {
            html.fact("Tidigare e-postadress", previous.text, meta: "Bytet går fortfarande att ångra")
        }
    }

    private var acceptances: String {
        let texts = [
            account.policy.map { "integritetspolicyn av den \(SwedishDate.long($0.version))" },
            account.terms.map { "medlemsvillkoren av den \(SwedishDate.long($0.version))" },
        ]
        return texts.compactMap(\.self).joined(separator: " och ")
    }
}

/// `/admin/medlemmar/sok`: finds a member by data that only the member and the administration know.
struct StaffSearchPage: HTMLPage {
    static let text: FieldName = "sok"

    var form = Form()

    var title: String { "Sök med uppgifter" }

    var staffTab: SiteLink? { .staffSearch }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title,
            lead:
                "Hittar även avslutade och avstängda konton tills de raderas. Uppgifterna öppnas på en gång, och därför antecknas varför."
        )
        html.form(post: .staffSearch, form) { html in
            html.field(
                StaffSearchPage.text, "E-postadress, personnummer eller användarnamn", in: form,
                hint: "Hela, som medlemmen själv har skrivit det.", maxLength: 254)
            OpenDataPage.writeReason(form, into: &html)
            html.actions { $0.submit("Sök och öppna") }
        }
    }
}

extension MemberAdministrationController {
    func askForReason(_ id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(OpenDataPage(id: id, status: try status(of: id, context)))
    }

    func open(_ id: MemberID, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let why = OpenDataPage.reason(&form) else {
            return context.refused(OpenDataPage(id: id, status: try status(of: id, context), form: form))
        }
        do {
            return context.page(try await data(of: id, why, context))
        } catch AccountRefusal.tooLateToRestore {
            return try over(id, context)
        }
    }

    func search(_ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let text = form.require(StaffSearchPage.text, "Skriv vad du söker efter.")
        guard let why = OpenDataPage.reason(&form), let text else {
            return refusedSearch(form, context)
        }
        do {
            if let id = try application.accounts.holder(ofExactly: text, today: context.now.stockholmDate) {
                return context.page(try await data(of: id, why, context))
            }
        } catch AccountRefusal.tooLateToRestore {
            // A member who is due to be erased is no longer found.
        }
        form.note("Ingen medlem har de uppgifterna.", at: StaffSearchPage.text)
        return refusedSearch(form, context)
    }

    /// The digits typed for a number are never sent back to the page (P-14.1).
    private func refusedSearch(_ form: Form, _ context: SiteContext) -> Response {
        var form = form
        if MaskedText(form.text(StaffSearchPage.text), today: context.now.stockholmDate).holdsNumber {
            form.forget(StaffSearchPage.text)
        }
        return context.refused(StaffSearchPage(form: form))
    }

    /// Records the opening, then opens the data.
    private func data(
        of id: MemberID, _ why: (reason: ViewingReason, note: ViewingNote?), _ context: SiteContext
    ) async throws -> MemberDataPage {
        let viewer = try context.requireMember()
        do {
            try await application.accounts.view(
                id, for: why.reason, note: why.note, by: viewer.id, command: try context.command())
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        } catch AccountRefusal.noSuchMember {
            throw PageError.notFound
        }
        let member = try application.accounts.member(id)
        guard let account = member.account, let status = try statusIfAny(of: member, context) else {
            throw PageError.notFound
        }
        return MemberDataPage(
            id: id, status: status, account: account, statement: member.statement, appeal: member.appealText,
            consents: ConsentHistory(
                ledger: try application.accounts.consentLedger(of: id),
                wordings: WordingArchive(
                    policies: try application.accounts.policies(), terms: try application.accounts.terms())),
            today: context.now.stockholmDate)
    }
}

extension Member {
    /// The administration's reasons for closing or deactivating the account.
    var statement: StatementOfReasons? { (closing?.reasons ?? deactivation?.reasons)?.value.value }

    /// The text of an appeal that is still unanswered.
    var appealText: AppealText? {
        if case .made(let text, at: _) = appeal { text.value.value } else { nil }
    }
}
