import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// The member's open sessions and her sign-in history (P-12.1).
struct SessionsSection: Sendable {
    static let historyLength = 20

    struct Open: Sendable {
        let session: Session
        /// Nil when it is no longer stored.
        let address: String?
        let isThisOne: Bool
    }

    let sessions: [Open]
    let devices: DevicesSection
    /// The longest a session lasts, however much it is used.
    let lifetime: Period
    let history: [SignInRecord]
    /// The newest first.
    let notices: [OwnSecurityNotice]

    func write(into html: inout HTMLWriter) {
        html.p(
            "Här är du inloggad nu. Känner du inte igen en enhet, logga ut den och byt lösenord. En inloggning gäller som längst i \(lifetime.swedish)."
        )
        html.table(
            "Inloggad nu",
            [Column("Enhet"), Column("Adress"), Column("Inloggad"), Column("Senast använd"), Column("Logga ut")],
            rows: sessions
        ) { open, column, html in
            switch column {
            case 0:
                html.text(open.session.device)
                if open.isThisOne { html.tag("Den här enheten") }
            case 1: html.text(open.address ?? "Uppgift saknas")
            case 2: html.time(open.session.created)
            case 3: html.time(open.session.seen)
            default: signOut(open, into: &html)
            }
        }
        html.form(post: .endSessions) { html in
            html.hidden(.endedSessions, EndedSessions.others.rawValue)
            html.actions { html in
                html.submit("Logga ut alla andra enheter", .secondary)
            }
        }
        html.form(post: .endSessions) { html in
            html.hidden(.endedSessions, EndedSessions.all.rawValue)
            html.actions { $0.submit("Logga ut överallt, även här", .secondary) }
        }
        devices.write(into: &html)
        historyTable(into: &html)
        noticesTable(into: &html)
    }

    private func noticesTable(into html: inout HTMLWriter) {
        guard !notices.isEmpty else { return }
        html.h3("Försök mot ditt konto")
        html.p(
            "Det här har vi märkt, som högst en gång om dagen för varje slag. Känner du inte igen det, byt lösenord och slå på tvåstegsinloggning."
        )
        html.table(
            "Försök mot ditt konto", [Column("När"), Column("Vad"), Column("Gånger den dagen"), Column("Senast från")],
            rows: notices
        ) { notice, column, html in
            switch column {
            case 0: html.exactTime(notice.at)
            case 1: html.text(notice.kind.toOwner)
            case 2: html.text("minst \(SwedishNumber.grouped(notice.count))")
            default: html.text(notice.origin.map { "\($0.address), \($0.device)" } ?? "Raderat")
            }
        }
    }

    private func signOut(_ open: Open, into html: inout HTMLWriter) {
        html.form(post: .endSessions, class: "inline") { html in
            html.hidden(.endedSessions, String(open.session.id))
            // Visually hidden text in the last column would widen the page beyond the scrolling table.
            html.element(.button, class: "link", .label("Logga ut \(open.session.device)"), text: "Logga ut")
        }
    }

    private func historyTable(into html: inout HTMLWriter) {
        html.h3("De senaste inloggningarna")
        html.table(
            "De senaste inloggningarna", [Column("När"), Column("Enhet"), Column("Adress"), Column("Slut")],
            rows: history
        ) { record, column, html in
            switch column {
            case 0: html.exactTime(record.began)
            case 1: html.text(record.origin.value?.device ?? "Raderad")
            case 2: html.text(record.origin.value?.address ?? "Raderad")
            default:
                guard let end = record.end else { return html.text("Pågår") }
                html.text(end.cause.swedish)
                html.text(" ")
                html.time(end.at)
            }
        }
    }
}

extension SignOutCause {
    fileprivate var swedish: String {
        switch self {
        case .chosen: "Du loggade ut"
        case .expired: "Gick ut"
        case .ended: "Avslutades"
        }
    }
}

/// The groups of sessions that a form can end; a single one is given by its id.
enum EndedSessions: String { case all = "alla", others = "andra" }

extension FieldName {
    static let endedSessions: FieldName = "session"
}

extension SettingsController {
    /// Ends this browser's session at once, and other sessions after the password is entered again.
    func endSessions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        let form = try context.form()
        if let device: KnownDevice.ID = form.value(.forgottenDevice) { return try forget(device, of: member, context) }
        var page = EndSessionsPage(form: form)
        let this = context.visit.session?.id
        let chosen = page.form.choice(.endedSessions, of: EndedSessions.self)
        let session: Session.ID? = page.form.value(.endedSessions)
        if let session, session == this {
            try await ending.end(session, of: member, at: context.now)
            return try context.signOut(then: .redirect(to: .start))
        }
        guard chosen != nil || session != nil else { throw PageError.malformed(.encoding) }
        let own = try context.visit.site.sessions.list(of: member, at: context.now).map(\.id)
        // Already ended, or another member's: no action, and no password is asked for.
        if let session, !own.contains(session) { return done(.signedOutOne) }
        // Sent from the list, which has no password field, unless one of these is set.
        let isAnswer = page.form.isChecked(EndSessionsPage.confirmed) || !page.form.typed(.password).isEmpty
        guard isAnswer else { return context.page(page) }
        guard try await reauthenticate(&page.form, context) else { return context.refused(page) }
        switch chosen {
        case .all: return try await signOutEverywhere(member, then: .redirect(to: .start), context)
        case .others:
            try await ending.endAll(of: member, except: this, at: context.now)
            return done(.signedOutElsewhere)
        case nil:
            if let session { try await ending.end(session, of: member, at: context.now) }
            return done(.signedOutOne)
        }
    }

    /// Ends every session, including this browser's.
    func signOutEverywhere(_ member: MemberID, then response: Response, _ context: SiteContext) async throws -> Response
    {
        try await ending.endAll(of: member, at: context.now)
        return try context.signOut(then: response)
    }
}

/// Asks for the password before other devices are signed out, so that a borrowed browser cannot sign out its owner.
struct EndSessionsPage: HTMLPage {
    static let confirmed: FieldName = "bekraftat"

    var form: Form

    var title: String {
        switch form.choice(.endedSessions, of: EndedSessions.self) {
        case .all: "Logga ut överallt"
        case .others: "Logga ut alla andra enheter"
        case nil: "Logga ut enheten"
        }
    }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p("Skriv ditt lösenord en gång till, så att ingen annan gör det här om du har gått ifrån datorn.")
        html.form(post: .endSessions, form) { html in
            html.hidden(.endedSessions, form.typed(.endedSessions))
            html.hidden(EndSessionsPage.confirmed, "ja")
            html.presentPassword(in: form)
            html.actions { html in
                html.submit("Logga ut")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}
