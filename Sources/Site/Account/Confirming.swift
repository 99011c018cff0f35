import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import Projections

extension AccountController {
    func showConfirm(_ request: Request, _ context: SiteContext) throws -> Response {
        switch try link(context, for: .confirmEmail) {
        case .valid(let token, _): context.page(ConfirmPage(token: token))
        case .broken(let fault): context.broken(fault, .confirming)
        }
    }

    /// The link stays valid until the sign-up is confirmed, so that another username can be chosen when the first is taken.
    func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try context.form()
        guard case .valid(let token, let member) = try link(context, for: .confirmEmail) else {
            return try showConfirm(request, context)
        }
        var page = ConfirmPage(token: token, form: form, asksForUsername: !form.typed(.username).isEmpty)
        var username: Username?
        if page.asksForUsername {
            username = page.form.require(.username, as: Username.init, else: RegistrationText.message)
            guard username != nil else { return context.refused(page) }
        }
        let confirmation = try await application.accounts.takingUniformTime {
            try await self.confirmation(of: member, username, context)
        }
        switch confirmation {
        case nil:
            return context.broken(.expired, .confirming)
        case .usernameTaken?:
            page.asksForUsername = true
            page.form.note(RegistrationText.usernameTaken, at: .username)
            return context.refused(page)
        case .confirmed?: return try await finish(.welcome, token, context)
        case .tooOften?: return context.page(ConfirmedPage(outcome: .tooOften))
        case .emailTaken?: return try await finish(.emailTaken, token, context)
        }
    }

    private enum Confirmation {
        case confirmed, emailTaken, usernameTaken
        /// Other sign-ups with the same number were confirmed of late, whether or not a member holds it.
        case tooOften
    }

    /// - Returns: nil when the time to confirm has run out.
    private func confirmation(
        of member: MemberID, _ username: Username?, _ context: SiteContext
    ) async throws -> Confirmation? {
        // The link's time runs from the sign-up, however late the mail was sent.
        guard let signedUpAt = try application.accounts.member(member).account?.signedUpAt,
            let digests = try application.accounts.digests(ofSignUp: member)
        else { return nil }
        guard try confirmedSignUps.admit(digests, at: context.now) else { return .tooOften }
        do {
            let confirmation = try await application.accounts.confirm(
                member, linkMadeAt: signedUpAt, username: username, command: try context.command())
            switch confirmation {
            case .confirmed: return .confirmed
            case .emailTaken:
                try confirmedSignUps.forget(digests.signUp)
                return .emailTaken
            case .usernameTaken:
                try confirmedSignUps.forget(digests.signUp)
                return .usernameTaken
            }
        } catch AccountRefusal.linkExpired {
            try confirmedSignUps.forget(digests.signUp)
            return nil
        }
    }

    private func finish(
        _ outcome: ConfirmedPage.Outcome, _ token: SecretToken, _ context: SiteContext
    ) async throws -> Response {
        _ = try tokens.redeem(token, for: .confirmEmail, at: context.now)
        return context.page(ConfirmedPage(outcome: outcome))
    }
}

extension SiteContext {
    /// 410 for a link that was used or has expired, 404 for an unknown one.
    func broken(_ fault: MailedLink.Fault, _ purpose: BrokenLinkPage.Purpose) -> Response {
        let status: HTTPResponse.Status =
            switch fault {
            case .used, .expired: .gone
            case .unknown: .notFound
            }
        return page(BrokenLinkPage(purpose: purpose, fault: fault), status: status)
    }
}

extension Form {
    /// The parsed value, or nil and the message for the parser's error.
    mutating func require<Value, Problem>(
        _ field: FieldName, as parse: (String) throws(Problem) -> Value, else message: (Problem) -> String
    ) -> Value? {
        do {
            return try parse(text(field))
        } catch {
            note(message(error), at: field)
            return nil
        }
    }
}
