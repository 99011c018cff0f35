import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import SiteMap
import Web

extension AccountController {
    func showSignIn(_ request: Request, _ context: SiteContext) throws -> Response {
        let place: ReturnPath? = try request.query().value(.returnPath)
        guard context.member == nil else { return context.redirect(to: place, otherwise: .start) }
        return context.page(SignInPage(returnPath: place, isOfThePast: context.showsThePast))
    }

    /// Every failed attempt gets the same answer, and so does a right password after too many wrong ones (`SignInBudget`).
    func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let place: ReturnPath? = form.value(.returnPath)
        guard let identifier = form.require(.identifier, "Skriv din e-postadress eller ditt användarnamn.") else {
            return context.refused(SignInPage(form: form, returnPath: place, isOfThePast: context.showsThePast))
        }
        let site = context.visit.site
        let budget = SignInBudget(limits: site.limits, alarm: site.signInAlarm)
        let known = try site.devices.find(
            context.visit.device.tokens, seenAfter: application.deviceLimit(at: context.now))
        let name = SignInIdentifier(identifier)
        let attempt = try budget.begin(
            name, of: application.accounts.holder(of: name), from: context.visit.client, on: known, at: context.now)
        let device = DeviceLabel.label(userAgent: request.headers[.userAgent])
        let command = try context.command()
        let result = try await unlessOverloaded {
            try await application.accounts.signIn(
                identifier: identifier, password: EnteredPassword(form.typed(.password)),
                from: SignInOrigin(address: context.visit.client.text, device: device),
                isHeldBack: attempt.isHeldBack, command: command)
        }
        switch result {
        case .refused:
            context.visit.noteIncident(.failedSignIn, to: try application.accounts.holder(of: name))
            form.note(SignInPage.refusal, at: .identifier)
            return context.refused(SignInPage(form: form, returnPath: place, isOfThePast: context.showsThePast))
        case .signedIn(let member, let signIn):
            budget.giveBack(attempt, at: context.now)
            return try await open(signIn, of: member, on: device, returningTo: place, context)
        case .codeNeeded(let member, let password):
            budget.giveBack(attempt, at: context.now)
            return try askForCode(member, password: password, returningTo: place, context)
        }
    }

    func showSignOut(_ request: Request, _ context: SiteContext) throws -> Response {
        context.member == nil ? .redirect(to: .start) : context.page(SignOutPage())
    }

    func signOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        let signIn = try context.visit.session.flatMap { try signIns.signIn(of: $0.id) }
        let response = try context.signOut(then: .redirect(to: .start))
        if let signIn { try await application.accounts.recordSignOut(signIn, .chosen, command: try context.command()) }
        return response
    }

    /// Ends every session, such as after the owner reset a lost password.
    func endSessions(of member: MemberID, _ context: SiteContext) async throws {
        try await SessionEnding(
            accounts: application.accounts, sessions: context.visit.site.sessions, signIns: signIns
        ).endAll(of: member, at: context.now)
    }

    /// Remembers this browser as a known device, so that failed attempts elsewhere do not block the member here.
    func remember(
        _ member: MemberID, as name: String, in response: Response, _ context: SiteContext
    ) throws -> Response {
        guard let limit = try application.deviceLimit(at: context.now) else { return response }
        let device = context.visit.device
        let (token, replaced) = try context.visit.site.devices.remember(
            member, as: name, in: device.tokens, at: context.now)
        let cookie = device.adding(token, replacing: replaced)
        var response = response
        response.headers.append(
            cookie.setting(seconds: Int((context.now.milliseconds - limit.milliseconds) / 1000)))
        return response
    }

    /// Opens the session and redirects: to the gate's page if there is one, otherwise to where the member was going.
    func open(
        _ signIn: SignInID, of member: MemberID, on device: String, returningTo place: ReturnPath?,
        _ context: SiteContext
    ) async throws -> Response {
        let next = try await gate(member)?.leading(to: place)
        let response = context.redirect(to: next == nil ? place : nil, otherwise: next ?? .start)
        return try await begin(signIn, of: member, on: device, then: response, context)
    }

    /// Opens the session in this browser under a new token; any session there before is ended.
    private func begin(
        _ signIn: SignInID, of member: MemberID, on device: String, then response: Response, _ context: SiteContext
    ) async throws -> Response {
        let sessions = context.visit.site.sessions
        let replaced = try context.visit.session.flatMap { try signIns.signIn(of: $0.id) }
        let token = try sessions.begin(
            for: member, device: device, replacing: context.visit.cookie.isKnown ? context.visit.cookie.token : nil,
            at: context.now)
        if let session = try sessions.find(token, at: context.now) { try signIns.note(signIn, of: session.id) }
        if let replaced {
            try await application.accounts.recordSignOut(replaced, .ended, command: CommandID(at: context.now))
        }
        var response = try remember(member, as: device, in: response, context)
        response.headers.append(
            SessionCookie(replacing: context.visit.cookie, with: token)
                .setting(seconds: sessions.cookieTime(at: context.now)))
        return response
    }
}

extension SiteLink {
    /// The gate's page, with the place to return to.
    fileprivate func leading(to place: ReturnPath?) -> SiteLink {
        self == .acceptTexts() ? .acceptTexts(returningTo: place) : self
    }
}
