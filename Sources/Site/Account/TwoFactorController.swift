import Accounts
import Crypto
import Events
import Foundation
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// The pages where a member sets up, renews and ends two-factor sign-in (P-12.1).
struct TwoFactorController: Sendable {
    let application: Application
    let settings: SettingsController
    private let tokens: OneTimeTokens
    private let formKey: SymmetricKey

    /// How long a page that shows a secret can be confirmed, in seconds.
    private static let setUpLasts: Double = 1800

    init(application: Application, site: WebEnvironment) throws {
        self.application = application
        settings = try SettingsController(application: application, site: site)
        tokens = OneTimeTokens(store: site.runtime)
        formKey = site.runtime.formKey
    }

    func add(to routes: inout Routes) {
        routes.get(.signInSettings) { try show($1) }
        routes.post(.signInSettings) { try await stopReset($1) }
        routes.get(.twoFactor) { try showSetUp($1) }
        routes.post(.twoFactor, limit: .signIn) { try await beginSetUp($1) }
        routes.get(.confirmTwoFactor) { _, _ in .redirect(to: .twoFactor) }
        routes.post(.confirmTwoFactor, limit: .signIn) { try await confirm($1) }
        routes.get(.disableTwoFactor) { try showAsking(.disable, $1) }
        routes.post(.disableTwoFactor, limit: .signIn) { try await disable($1) }
        routes.get(.renewRecoveryCodes) { try showAsking(.renewCodes, $1) }
        routes.post(.renewRecoveryCodes, limit: .signIn) { try await renewCodes($1) }
    }

    private func show(_ context: SiteContext) throws -> Response {
        let account = try settings.account(context)
        return context.page(
            SignInSettingsPage(
                factor: account.twoFactor, proposal: account.openProposal(at: context.now),
                sessions: try context.visit.site.sessions.list(of: context.requireMember().id, at: context.now).count))
    }

    /// Declines the reset that an administrator has proposed.
    private func stopReset(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        try await application.accounts.declineReset(of: member, by: .member(member), command: try context.command())
        return .redirect(to: .signInSettings)
    }

    private func showSetUp(_ context: SiteContext) throws -> Response {
        guard try !context.hasSecondFactor(application.accounts) else { return .redirect(to: .signInSettings) }
        return context.page(SetUpTwoFactorPage(isRequired: try context.requireMember().mustSetUpTwoFactor))
    }

    /// A secret is shown only after the password is entered, so that a borrowed browser cannot lock its owner out.
    private func beginSetUp(_ context: SiteContext) async throws -> Response {
        var page = SetUpTwoFactorPage(
            form: try context.form(), isRequired: try context.requireMember().mustSetUpTwoFactor)
        guard try !context.hasSecondFactor(application.accounts) else { return .redirect(to: .signInSettings) }
        guard try await settings.reauthenticate(&page.form, context) else { return context.refused(page) }
        let member = try context.requireMember()
        let token = try tokens.issue(
            .setUpTwoFactor, for: member.id, until: context.now.advanced(seconds: TwoFactorController.setUpLasts))
        return context.page(confirmPage(token, Form(), context, member))
    }

    private func confirm(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        var form = try context.form()
        guard let token = SecretToken(form.typed(.setUpToken)),
            case .valid(member.id) = try tokens.state(of: token, for: .setUpTwoFactor, at: context.now)
        else { return .redirect(to: .twoFactor) }
        guard let code = form.secondFactor() else {
            return context.refused(confirmPage(token, form, context, member))
        }
        do {
            let codes = try await application.accounts.enableTwoFactor(
                of: member.id, with: secret(of: token), first: code, command: try context.command())
            _ = try tokens.redeem(token, for: .setUpTwoFactor, at: context.now)
            return context.page(try codesPage(codes, isNew: true, context))
        } catch AccountRefusal.wrongCode {
            form.note(
                "Koden stämmer inte. Kontrollera att appen har lagt till det här kontot och att telefonens klocka går rätt.",
                at: .code)
            return context.refused(confirmPage(token, form, context, member))
        } catch AccountRefusal.twoFactorOn {
            return .redirect(to: .signInSettings)
        }
    }

    private func confirmPage(
        _ token: SecretToken, _ form: Form, _ context: SiteContext, _ member: SignedInMember
    ) -> ConfirmTwoFactorPage {
        ConfirmTwoFactorPage(
            form: form, token: token, secret: secret(of: token), siteName: context.visit.site.name,
            username: member.username)
    }

    private func codesPage(
        _ codes: RecoveryCodes, isNew: Bool, _ context: SiteContext
    ) throws -> RecoveryCodesPage {
        RecoveryCodesPage(
            codes: codes, username: try context.requireMember().username, siteName: context.visit.site.name,
            isNew: isNew)
    }

    /// Derived from the token in the page, so that it is not stored before it is confirmed.
    private func secret(of token: SecretToken) -> TOTPSecret {
        let code = HMAC<SHA256>.authenticationCode(for: Data("two-factor secret:\(token)".utf8), using: formKey)
        return TOTPSecret(Array(code.prefix(TOTPSecret.length)))
    }

    private func showAsking(_ matter: AskForCodePage.Matter, _ context: SiteContext) throws -> Response {
        guard try context.hasSecondFactor(application.accounts) else { return .redirect(to: .signInSettings) }
        return context.page(AskForCodePage(matter: matter))
    }

    /// Checks the password and a fresh code.
    /// - Returns: nil when both are right, otherwise the page again.
    private func refusal(_ matter: AskForCodePage.Matter, _ context: SiteContext) async throws -> Response? {
        guard try context.hasSecondFactor(application.accounts) else { return .redirect(to: .signInSettings) }
        var page = AskForCodePage(matter: matter, form: try context.form())
        let typed = EnteredCode(page.form.text(.code))
        guard try await settings.reauthenticate(&page.form, context) else {
            if typed == nil { _ = page.form.secondFactor() }
            return context.refused(page)
        }
        guard try await context.requireFreshSecondFactor(&page.form, application.accounts) else {
            return context.refused(page)
        }
        return nil
    }

    private func disable(_ context: SiteContext) async throws -> Response {
        if let refusal = try await refusal(.disable, context) { return refusal }
        try await application.accounts.disableTwoFactor(
            of: context.requireMember().id, command: try context.command())
        return .redirect(to: .signInSettings)
    }

    private func renewCodes(_ context: SiteContext) async throws -> Response {
        if let refusal = try await refusal(.renewCodes, context) { return refusal }
        do {
            let codes = try await application.accounts.renewRecoveryCodes(
                of: context.requireMember().id, command: try context.command())
            guard let codes else { return context.page(AskForCodePage(matter: .renewCodes, wasDone: true)) }
            return context.page(try codesPage(codes, isNew: false, context))
        } catch AccountRefusal.twoFactorOff {
            return .redirect(to: .signInSettings)
        }
    }
}

extension FieldName {
    static let setUpToken: FieldName = "uppsattning"
}
