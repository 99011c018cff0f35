import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import SiteMap
import Web

extension AccountController {
    /// Asks for the code after the right password; no session exists yet, only a token in the page.
    func askForCode(
        _ member: MemberID, password: Subject, returningTo place: ReturnPath?, _ context: SiteContext
    ) throws -> Response {
        let token = try HalfSignIns(store: context.visit.site.runtime).begin(
            member, password: password, in: context.visit.cookie.token, at: context.now)
        return context.page(SignInCodePage(token: token, returnPath: place)).uncached
    }

    /// The page exists only as the answer to a form, so its address redirects to the first step.
    func showSignInCode(_ request: Request, _ context: SiteContext) throws -> Response {
        .redirect(to: .signIn())
    }

    func signInWithCode(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let place: ReturnPath? = form.value(.returnPath)
        let halves = HalfSignIns(store: context.visit.site.runtime)
        let browser = context.visit.cookie.token
        guard let token = SecretToken(form.typed(.signInToken)),
            try halves.find(token, in: browser, at: context.now) != nil
        else { return beginAgain(place, context) }
        guard let code = form.secondFactor() else {
            return context.refused(SignInCodePage(form: form, token: token, returnPath: place))
        }
        guard let half = try halves.attempt(token, in: browser, at: context.now) else {
            return beginAgain(place, context)
        }
        let device = DeviceLabel.label(userAgent: request.headers[.userAgent])
        let origin = SignInOrigin(address: context.visit.client.text, device: device)
        let command = try context.command()
        var begun: SignInID?
        _ = try await SecondFactor(application.accounts, context.visit.site).take(
            code, of: half.member, at: context.now
        ) {
            let result = try await application.accounts.finishSignIn(
                of: half.member, password: half.password, with: code, from: origin, command: command)
            if case .signedIn(_, let signIn) = result { begun = signIn }
            return begun != nil
        }
        guard let begun else {
            context.visit.noteIncident(.failedSignIn, to: half.member)
            guard half.triesLeft > 0 else {
                try halves.end(token)
                return beginAgain(place, context)
            }
            form.noteWrongCode()
            return context.refused(SignInCodePage(form: form, token: token, returnPath: place))
        }
        try halves.end(token)
        return try await open(begun, of: half.member, on: device, returningTo: place, context)
    }

    private func beginAgain(_ place: ReturnPath?, _ context: SiteContext) -> Response {
        var form = Form()
        form.note(
            "Det tog för lång tid, eller så blev det för många fel koder. Börja om med lösenordet.", at: .identifier)
        return context.refused(SignInPage(form: form, returnPath: place, isOfThePast: context.showsThePast))
    }
}

extension FieldName {
    static let signInToken: FieldName = "inloggning"
}

/// The second step of signing in; shown at the first step's address, as the answer to its form.
struct SignInCodePage: HTMLPage {
    var form = Form()
    let token: SecretToken
    let returnPath: ReturnPath?

    var title: String { "Skriv koden ur din app" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Öppna appen för engångskoder i din telefon och skriv koden som den visar.")
        html.form(post: .signInCode, form) { html in
            html.returnPath(returnPath)
            html.hidden(.signInToken, token.description)
            html.secondFactor(in: form, label: "Kod")
            html.actions { html in
                html.submit("Logga in")
                html.link("Börja om", to: .signIn(returningTo: returnPath), class: "link")
            }
        }
        html.element(.details) { html in
            html.element(.summary, text: "Har du blivit av med telefonen?")
            html.p(
                "Skriv en av återställningskoderna som du sparade när du slog på tvåstegsinloggning. Har du inga kvar kan administrationen hjälpa dig in igen: två av dem behöver säga ja, och du får ett mejl."
            )
            html.p { $0.link("Kontakta oss", to: .contact) }
        }
    }
}
