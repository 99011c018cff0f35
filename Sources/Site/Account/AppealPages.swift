import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import SiteMap

/// `/overklaga/{token}`: the form for appealing against a closing or a deactivation (P-16.4).
struct AppealFormPage: HTMLPage {
    static let text: FieldName = "text"
    static let mostCharacters = 4000

    let token: SecretToken
    var form = Form()
    let until: Instant

    var title: String { "Begär omprövning" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Tycker du att beslutet om ditt konto är fel? Berätta varför, så prövar vi det igen.", class: "lead")
        html.p { html in
            html.text("Du kan begära omprövning till den ")
            html.exactTime(until)
            html.text(
                ". Saken prövas av någon annan än den som fattade beslutet. Du får svar med motivering till din registrerade e-postadress."
            )
        }
        html.form(post: .appeal(token: token.description), form) { html in
            html.textarea(
                AppealFormPage.text, "Varför är beslutet fel?", in: form,
                hint: "Högst \(SwedishNumber.grouped(AppealFormPage.mostCharacters)) tecken. Du kan skicka en gång.",
                maxLength: AppealFormPage.mostCharacters)
            html.actions { $0.submit("Skicka") }
        }
    }
}

/// Shown instead of the form when there is nothing to fill in.
struct AppealStatePage: HTMLPage {
    enum State: Hashable, Sendable { case received, alreadyMade, rejected, tooLate, upheld, unknown }

    let state: State

    var width: PageWidth { .narrow }

    var title: String {
        switch state {
        case .received: "Tack, vi har fått din begäran"
        case .alreadyMade: "Vi har redan fått din begäran"
        case .rejected: "Beslutet är redan omprövat"
        case .tooLate: "Tiden för omprövning har gått ut"
        case .upheld: "Beslutet gäller inte längre"
        case .unknown: "Länken fungerar inte"
        }
    }

    private var explanation: String {
        switch state {
        case .received, .alreadyMade:
            "Vi prövar beslutet igen och svarar med motivering till din registrerade e-postadress."
        case .rejected: "Svaret och motiveringen finns i mejlet till din registrerade e-postadress."
        case .tooLate: "Du kan fortfarande kontakta oss eller vända dig till domstol."
        case .upheld: "Kontot är igång igen, så det är bara att logga in."
        case .unknown: "Den kan ha blivit avklippt i mejlet, eller så gäller den ett tidigare beslut."
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(explanation, class: "lead")
        html.actions { html in
            if state == .upheld { html.buttonLink("Logga in", to: .signIn()) }
            html.link("Kontakta oss", to: .contact, class: "link")
            html.link("Till startsidan", to: .start, class: "link")
        }
    }
}

extension ClosingController {
    func showAppeal(_ context: SiteContext) throws -> Response {
        switch try decision(context) {
        case .open(let token, _, let end): context.page(AppealFormPage(token: token, until: end))
        case .none(let state): context.appeal(state)
        }
    }

    func appeal(_ context: SiteContext) async throws -> Response {
        guard case .open(let token, let member, let end) = try decision(context) else {
            return try showAppeal(context)
        }
        var form = try context.form()
        let message =
            "Skriv varför beslutet är fel, med högst \(SwedishNumber.grouped(AppealFormPage.mostCharacters)) tecken."
        guard let text = form.require(AppealFormPage.text, message, as: { AppealText($0) }) else {
            return context.refused(AppealFormPage(token: token, form: form, until: end))
        }
        do {
            try await application.accounts.appeal(of: member, text, command: try context.command())
        } catch AccountRefusal.alreadyDecided {
            return context.appeal(.alreadyMade)
        } catch AccountRefusal.linkExpired {
            return context.appeal(.tooLate)
        }
        return context.appeal(.received)
    }

    private enum Decision {
        case open(SecretToken, MemberID, until: Instant)
        case none(AppealStatePage.State)
    }

    private func decision(_ context: SiteContext) throws -> Decision {
        guard let token = SecretToken(try context.place("token")) else { return .none(.unknown) }
        let id: MemberID
        switch try tokens.state(of: token, for: .appeal, at: context.now) {
        case .valid(let member): id = member
        case .used, .unknown: return .none(.unknown)
        case .expired: return .none(.tooLate)
        }
        let member = try application.accounts.member(id)
        guard let decided = try application.accounts.lastDecision(about: id),
            application.accounts.link(.appeal, to: id, decidedBy: decided.command).token == token.description
        else { return .none(.unknown) }
        switch member {
        case .active: return .none(.upheld)
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: return .none(.tooLate)
        case .closed, .deactivated: break
        }
        switch member.appeal {
        case .made: return .none(.alreadyMade)
        case .rejected: return .none(.rejected)
        case nil: break
        }
        guard let end = member.appealDeadline(judgedAt: context.now, try application.accounts.policies()),
            context.now < end
        else { return .none(.tooLate) }
        return .open(token, id, until: end)
    }
}

extension SiteContext {
    fileprivate func appeal(_ state: AppealStatePage.State) -> Response {
        let status: HTTPResponse.Status =
            switch state {
            case .received: .ok
            case .alreadyMade, .rejected, .upheld: .conflict
            case .tooLate: .gone
            case .unknown: .notFound
            }
        return page(AppealStatePage(state: state), status: status)
    }
}
