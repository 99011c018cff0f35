import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// `/admin/omprovningar`: the appeals that wait for an answer, oldest first.
struct StaffAppealsPage: HTMLPage {
    let rows: [(id: MemberID, status: MemberStatus, since: Instant)]

    var title: String { "Omprövningar" }

    var staffTab: SiteLink? { .staffAppeals }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Begäran om omprövning av beslut om konton. Den som har väntat längst står överst.")
        guard !rows.isEmpty else {
            html.emptyState("Ingen väntar på svar", "Här visas den som begär omprövning av ett beslut.")
            return
        }
        html.table("Omprövningar", [Column("Beslut"), Column("Begärd")], rows: rows) { row, column, html in
            switch column {
            case 0: html.link(row.status.words, to: .staffAppeal(row.id))
            default: html.exactTime(row.since)
            }
        }
    }
}

/// `/admin/medlem/{id}/omprovning`: reads an appeal, which is recorded, and decides it.
struct StaffAppealPage: HTMLPage {
    static let action: FieldName = "atgard"

    enum Action: String {
        case read = "las"
        case uphold = "bifall"
        case reject = "avsla"
    }

    let id: MemberID
    let status: MemberStatus
    let today: CalendarDate
    /// Set only in the answer to the request that recorded the reading.
    var opened: (statement: StatementOfReasons?, appeal: AppealText?)?
    var upholding = Form(idPrefix: "bifall")
    var rejecting = Form(idPrefix: "avslag")

    var title: String { "Omprövning" }

    var staffTab: SiteLink? { .staffAppeals }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Omprövningar", .staffAppeals), Breadcrumb(status.title, .staffMember(id))])
        html.pageHead(title)
        html.facts { status.writeFacts(into: &$0) }
        guard status.appeal == .made else {
            html.p("Ingen begäran väntar på svar.", class: "muted")
            return
        }
        guard let opened else {
            html.form(post: .staffAppeal(id)) { html in
                html.hidden(StaffAppealPage.action, Action.read.rawValue)
                html.p("Att du läser begäran antecknas.", class: "muted")
                html.actions { $0.submit("Läs begäran") }
            }
            return
        }
        html.facts { html in
            for (label, text) in [
                ("Regel", opened.statement?.rule), ("Vad som har hänt", opened.statement?.facts),
                ("Begäran", opened.appeal?.text),
            ] {
                html.fact(label, MaskedText(text ?? "Uppgift saknas", today: today), shownAt: .staffNumber(id))
            }
        }
        forms(into: &html)
    }

    private func forms(into html: inout HTMLWriter) {
        guard !status.isDuplicate else {
            html.h2("Numret är den här personens")
            html.p(
                "Be personen visa legitimation i ett ärende av slaget ”Någon annan har använt mitt personnummer”. När du flyttar numret i ärendet kommer kontot tillbaka."
            )
            return rejection(into: &html)
        }
        html.h2("Vi hade fel: återskapa kontot")
        html.form(post: .staffAppeal(id), upholding) { html in
            html.hidden(StaffAppealPage.action, Action.uphold.rawValue)
            html.field(RestoreMemberPage.why, "Varför?", in: upholding, maxLength: ViewingNote.longest)
            html.actions { $0.submit("Återskapa kontot") }
        }
        rejection(into: &html)
    }

    private func rejection(into html: inout HTMLWriter) {
        html.h2("Beslutet står fast")
        html.form(post: .staffAppeal(id), rejecting) { html in
            html.hidden(StaffAppealPage.action, Action.reject.rawValue)
            html.p("Det du skriver mejlas till medlemmen.", class: "muted")
            DecisionPage.writeStatement(rejecting, into: &html)
            html.actions { $0.submit("Avslå", .danger) }
        }
    }
}

extension MemberAdministrationController {
    func appeals(_ context: SiteContext) throws -> Response {
        let policies = try application.accounts.policies()
        let reader = try context.requireMember().id
        let waiting = try application.views.appeals.waiting(limit: 200).filter {
            try !application.accounts.concerned(byDecisionAbout: $0.member).contains(reader)
        }
        let rows = try waiting.compactMap { entry in
            MemberStatus(try application.accounts.member(entry.member), at: context.now, policies).map {
                (id: entry.member, status: $0, since: entry.since)
            }
        }
        return context.page(StaffAppealsPage(rows: rows))
    }

    func showAppeal(of id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try appealPage(id, context))
    }

    func judgeAppeal(of id: MemberID, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        switch form.choice(StaffAppealPage.action, of: StaffAppealPage.Action.self) {
        case .read: return try await read(id, context) { _ in }
        case .uphold:
            guard let why = form.require(RestoreMemberPage.why, "Skriv varför beslutet ändras."),
                form.fitsNote(RestoreMemberPage.why)
            else {
                return try await read(id, context) { $0.upholding = form.prefixed("bifall") }
            }
            return try await restore(id, why, context) ?? .redirect(to: .staffAppeals)
        case .reject:
            guard let reasons = DecisionPage.statement(&form) else {
                return try await read(id, context) { $0.rejecting = form.prefixed("avslag") }
            }
            let refusal = try await attempt(id, context) {
                try await application.accounts.rejectAppeal(of: id, reasons, by: $0, command: $1)
            }
            return refusal ?? .redirect(to: .staffAppeals)
        case nil: throw PageError.malformed(.encoding)
        }
    }

    private func appealPage(_ id: MemberID, _ context: SiteContext) throws -> StaffAppealPage {
        StaffAppealPage(id: id, status: try status(of: id, context), today: context.now.stockholmDate)
    }

    /// Records the reading, then shows the decision and the appeal, with the forms as `change` leaves them.
    private func read(
        _ id: MemberID, _ context: SiteContext, _ change: (inout StaffAppealPage) -> Void
    ) async throws -> Response {
        let administrator = try context.requireMember()
        var page = try appealPage(id, context)
        let refusal = try await attempt(id, context) { _, _ in
            try await application.accounts.view(
                id, for: .appeal, note: nil, by: administrator.id, command: CommandID(at: context.now))
        }
        if let refusal { return refusal }
        let member = try application.accounts.member(id)
        page.opened = (member.statement, member.appealText)
        change(&page)
        return page.upholding.isAccepted && page.rejecting.isAccepted ? context.page(page) : context.refused(page)
    }
}

extension Form {
    fileprivate func prefixed(_ prefix: String) -> Form {
        var form = self
        form.idPrefix = prefix
        return form
    }
}
