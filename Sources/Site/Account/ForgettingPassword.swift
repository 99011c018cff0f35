import Accounts
import Events
import HTML
import Hummingbird
import Processes

extension AccountController {
    func showForgottenPassword(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(AskForLinkPage(link: .newPassword))
    }

    /// Gives the same answer, after the same time, whether or not the address is registered; the mail is sent from the log.
    func requestNewPassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let email = form.require(.email, as: EmailAddress.init, else: RegistrationText.message) else {
            return context.refused(AskForLinkPage(link: .newPassword, form: form))
        }
        _ = try await application.accounts.requestPasswordReset(email: email, command: try context.command())
        let policy = try application.accounts.policyInForce(at: context.now)
        return context.page(LinkSentPage(link: .newPassword, lasts: policy.rules.retention.passwordResetLink))
    }

    func showNewPassword(_ request: Request, _ context: SiteContext) throws -> Response {
        switch try openReset(context) {
        case .valid(let token, let member):
            let rules = try application.accounts.passwordRules(for: member)
            return context.page(NewPasswordPage(token: token, minimumLength: rules.minimumLength))
        case .broken(let fault): return context.broken(fault, .newPassword)
        }
    }

    /// The link's state according to the log: a new password, a report of compromise or a change of address has voided it.
    private func openReset(_ context: SiteContext) throws -> MailedLink {
        let link = try link(context, for: .newPassword)
        guard case .valid(let token, let member) = link,
            try !application.accounts.isResetOpen(of: member, requestedAt: tokens.asked(of: token))
        else { return link }
        return .broken(.expired)
    }

    /// The log decides whether the reset is still open, so of two concurrent requests with the same link only one sets a password.
    func setNewPassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard case .valid(let token, let member) = try openReset(context) else {
            return try showNewPassword(request, context)
        }
        let rules = try application.accounts.passwordRules(for: member)
        var page = NewPasswordPage(token: token, form: try context.form(), minimumLength: rules.minimumLength)
        let password: Password
        do {
            password = try Password(page.form.typed(.password), by: rules)
        } catch {
            page.form.note(RegistrationText.message(error), at: .password)
            return context.refused(page)
        }
        let command = try context.command()
        let requestedAt = try tokens.asked(of: token)
        do {
            try await unlessOverloaded {
                try await application.accounts.resetPassword(
                    of: member, to: password, requestedAt: requestedAt, command: command)
            }
        } catch AccountRefusal.linkExpired {
            return context.broken(.expired, .newPassword)
        }
        _ = try tokens.redeem(token, for: .newPassword, at: context.now)
        try await endSessions(of: member, context)
        // Other browsers may have signed in with the compromised password.
        try context.visit.site.devices.forgetAll(of: member)
        let wasSignedInHere = context.member?.id == member
        let done = wasSignedInHere ? context.signedOutPage(PasswordSetPage()) : context.page(PasswordSetPage())
        let response = wasSignedInHere ? try context.signOut(then: done) : done
        // Reading the member's mail proves who it is: from now on failed attempts elsewhere do not block signing in from this browser.
        let device = DeviceLabel.label(userAgent: request.headers[.userAgent])
        return try remember(member, as: device, in: response, context)
    }
}
