import Accounts
import Events
import Hummingbird

extension AccountPages {
    func showForgottenPassword(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(AskForLinkPage(link: .newPassword))
    }

    /// The same answer, after the same time, whether or not the address is a member's. The mail leaves from the log.
    func requestNewPassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let email = form.require(.email, as: EmailAddress.init, else: RegistrationText.message) else {
            return context.refused(AskForLinkPage(link: .newPassword, form: form))
        }
        try context.visit.site.limits.spend(.mail, by: .typed(email.text.lowercased()), at: context.now)
        _ = try await community.accounts.requestPasswordReset(email: email, command: try context.command())
        let policy = try community.accounts.policyInForce(at: context.now)
        return context.page(LinkSentPage(link: .newPassword, lasts: policy.rules.retention.passwordResetLink))
    }

    func showNewPassword(_ request: Request, _ context: SiteContext) throws -> Response {
        switch try link(context, for: .newPassword) {
        case .valid(let token, let member):
            let rules = try community.accounts.passwordRules(for: member)
            return context.page(NewPasswordPage(token: token, minimumLength: rules.minimumLength))
        case .broken(let fault): return context.broken(fault, .newPassword)
        }
    }

    /// The log says whether the reset is still open, so that of two who follow the link at once only one sets a password.
    func setNewPassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard case .valid(let token, let member) = try link(context, for: .newPassword) else {
            return try showNewPassword(request, context)
        }
        let rules = try community.accounts.passwordRules(for: member)
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
                try await community.accounts.resetPassword(
                    of: member, to: password, requestedAt: requestedAt, command: command)
            }
        } catch AccountRefusal.linkExpired {
            return context.broken(.expired, .newPassword)
        }
        _ = try tokens.redeem(token, for: .newPassword, at: context.now)
        try await endSessions(of: member, context)
        return context.page(PasswordSetPage())
    }
}
