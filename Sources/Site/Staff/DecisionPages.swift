import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// The form for closing an account for breach, or deactivating it until a day, with the reasons that are mailed (P-16.4).
struct DecisionPage: HTMLPage {
    enum Measure: Sendable { case close, deactivate }

    static let rule: FieldName = "regel"
    static let facts: FieldName = "handelse"
    static let until: FieldName = "till"

    let measure: Measure
    let id: MemberID
    let name: String
    let appealWindow: Period
    /// The longest suspension that the reader may decide; nil for administrators, who have no limit.
    var longest: Period?
    /// The page the reader came from, if she may open it.
    let back: SiteLink
    var form = Form()

    var title: String {
        switch measure {
        case .close: "Stäng kontot"
        case .deactivate: "Stäng av till ett datum"
        }
    }

    private var consequence: String {
        switch measure {
        case .close:
            "Kontot stängs genast och döljs för alla utom administrationen. Medlemmen kan inte återskapa det själv. Uppgifterna raderas när tiden för avslutade konton har gått ut."
        case .deactivate:
            "Medlemmen loggas ut genast, döljs för alla utom administrationen och kan inte logga in förrän den dag du väljer."
        }
    }

    private var page: SiteLink {
        switch measure {
        case .close: .staffClose(id)
        case .deactivate: .staffDeactivate(id)
        }
    }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(name, back)])
        html.pageHead(title)
        html.p(consequence)
        html.p(
            "Det du skriver här mejlas till medlemmen, tillsammans med hur man begär omprövning inom \(appealWindow.swedish)."
        )
        html.form(post: page, form) { html in
            if measure == .deactivate {
                html.field(
                    DecisionPage.until, "Avstängd till", in: form, .date,
                    hint: longest.map {
                        "Den första dag då det går att logga in igen. Som moderator väljer du högst \($0.swedish) framåt."
                    } ?? "Den första dag då det går att logga in igen.", isShort: true)
            }
            DecisionPage.writeStatement(form, into: &html)
            html.actions { html in
                html.submit(measure == .close ? "Stäng kontot" : "Stäng av", .danger)
                html.link("Avbryt", to: back, class: "link")
            }
        }
    }

    static func writeStatement(_ form: Form, into html: inout HTMLWriter) {
        html.field(
            rule, "Vilken regel gäller det?", in: form,
            hint: "Stycket i medlemsvillkoren, policyn eller lagen. Till exempel: Medlemsvillkoren T-04.1.",
            maxLength: 4000)
        html.textarea(
            facts, "Vad har hänt, och hur har du resonerat?", in: form,
            hint: "Skriv också om det var en anmälan eller ert eget initiativ.", maxLength: 4000)
    }

    static func statement(_ form: inout Form) -> StatementOfReasons? {
        let rule = form.require(rule, "Skriv vilken regel det gäller.")
        let facts = form.require(facts, "Skriv vad som har hänt och hur du har resonerat.")
        guard let rule, let facts else { return nil }
        guard let statement = StatementOfReasons(rule: rule, facts: facts) else {
            form.note("Regeln och förklaringen får ha högst 4 000 tecken var.", at: self.facts)
            return nil
        }
        return statement
    }
}

/// Asks for the reason before an account is restored; it is recorded like an opening of the data (P-16.6, P-16.7).
struct RestoreMemberPage: HTMLPage {
    static let why: FieldName = "varfor"

    let id: MemberID
    let status: MemberStatus
    var form = Form()

    var title: String {
        if case .deactivated = status { "Häv avstängningen" } else { "Återskapa kontot" }
    }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(status.title, .staffMember(id))])
        html.pageHead(title)
        html.p(
            "Allt kommer tillbaka utom nyhetsbrevet och det som raderades genast. Medlemmen får ett mejl och godkänner de texter som gäller nu vid nästa inloggning."
        )
        html.form(post: .staffRestore(id), form) { html in
            html.field(
                RestoreMemberPage.why, "Varför?", in: form,
                hint: "Antecknas tillsammans med ditt namn, och medlemmen kan se det.", maxLength: ViewingNote.longest)
            html.actions { html in
                html.submit(title)
                html.link("Avbryt", to: .staffMember(id), class: "link")
            }
        }
    }
}

extension MemberAdministrationController {
    func showDecision(_ measure: DecisionPage.Measure, about id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try decisionPage(measure, about: id, Form(), context))
    }

    private func decisionPage(
        _ measure: DecisionPage.Measure, about id: MemberID, _ form: Form, _ context: SiteContext
    ) throws -> DecisionPage {
        let status = try status(of: id, context)
        let reader = try context.requireMember()
        let isAdministrator = reader.roles.contains(.administrator)
        guard try isAdministrator || application.isSuspendable(id, by: reader) else { throw PageError.forbidden }
        return DecisionPage(
            measure: measure, id: id, name: try application.staffName(of: id) ?? status.title,
            appealWindow: try application.accounts.policyInForce(at: context.now).rules.deadlines.appealWindow,
            longest: isAdministrator ? nil : Accounts.longestSuspensionByModerator,
            back: isAdministrator ? .staffMember(id) : .member(id), form: form)
    }

    func decide(
        _ measure: DecisionPage.Measure, about id: MemberID, _ context: SiteContext
    ) async throws -> Response {
        var form = try context.form()
        let isAdministrator = try context.requireMember().roles.contains(.administrator)
        let end: Instant?
        switch measure {
        case .close: end = nil
        case .deactivate:
            end = form.require(DecisionPage.until, "Välj en dag som inte har varit.") { text in
                CalendarDate(text).map(\.startInStockholm).flatMap { $0 > context.now ? $0 : nil }
            }
            let longest = Accounts.longestSuspensionByModerator
            if !isAdministrator, let end, end > context.now.adding(longest) {
                form.note(
                    "Som moderator stänger du av högst \(longest.swedish). En administratör kan besluta om längre tid.",
                    at: DecisionPage.until)
            }
        }
        guard let reasons = DecisionPage.statement(&form), form.isAccepted else {
            return context.refused(try decisionPage(measure, about: id, form, context))
        }
        let refusal = try await attempt(id, context) { actor, command in
            if let end {
                try await application.accounts.deactivate(id, until: end, reasons, by: actor, command: command)
            } else {
                let marked = try await application.textsIdentifyingTheAuthor(id)
                try await application.accounts.closeForBreach(
                    id, reasons, erasing: marked, by: actor, command: command)
            }
            try await ending.endAll(of: id, at: context.now)
        }
        return refusal ?? .redirect(to: isAdministrator ? .staffMember(id) : .moderationQueue(after: .suspended))
    }

    func showRestoring(_ id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(RestoreMemberPage(id: id, status: try status(of: id, context)))
    }

    func restore(_ id: MemberID, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let why = form.require(RestoreMemberPage.why, "Skriv varför kontot återskapas."),
            form.fitsNote(RestoreMemberPage.why)
        else {
            return context.refused(RestoreMemberPage(id: id, status: try status(of: id, context), form: form))
        }
        return try await restore(id, why, context) ?? .redirect(to: .staffMember(id))
    }

    /// - Returns: nil on success.
    func restore(_ id: MemberID, _ why: String, _ context: SiteContext) async throws -> Response? {
        let administrator = try context.requireMember()
        return try await attempt(id, context) { actor, command in
            try application.accounts.mayRestore(id, by: actor)
            try await application.accounts.view(
                id, for: .restoring, note: ViewingNote(why), by: administrator.id, command: CommandID(at: context.now))
            try await application.accounts.restore(id, by: actor, command: command)
        }
    }
}

extension Application {
    /// The username of an active member; nil for anybody else, whose name is opened only with a reason.
    func staffName(of id: MemberID) throws -> String? { try signedInMember(id)?.username }
}

extension Application {
    /// Whether the reader may suspend a member: one who is active, not herself, and not on the staff unless she administers (P-16.4).
    func isSuspendable(_ id: MemberID, by reader: SignedInMember) throws -> Bool {
        guard !reader.roles.isDisjoint(with: [.moderator, .administrator]), id != reader.id,
            try accounts.member(id).active != nil
        else { return false }
        return try reader.roles.contains(.administrator) || accounts.roles(of: id) == [.member]
    }

    /// The member that the reader of a case may suspend because of it: the author of the reported text, or the reported member.
    func suspendable(in record: CaseRecord, by reader: SignedInMember) throws -> PublicMember? {
        guard let thing = try reportedThing(of: record), let author = try author(of: thing),
            try isSuspendable(author, by: reader)
        else { return nil }
        return PublicMember(id: author, username: try staffName(of: author))
    }
}
