import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

extension AccountController {
    func showRegister(_ request: Request, _ context: SiteContext) throws -> Response {
        guard context.member == nil else { return .redirect(to: .start) }
        return context.page(try registerPage(Form(), context))
    }

    /// Gives the same answer whether or not the address or the number is a member's; only the mail says so (P-16.6).
    func register(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard context.member == nil else { return .redirect(to: .start) }
        var form = RegistrationForm(fields: try context.form())
        let policy = try application.accounts.policyInForce(at: context.now)
        let signUp = form.application(by: policy.rules, today: context.now.stockholmDate)
        // A member's username is public. An unconfirmed sign-up reserves no username, so it is not checked.
        let isNameTaken = try (try? Username(form.fields.text(.username))).map {
            try application.accounts.find($0) != nil || application.accounts.isStaffName($0)
        }
        if isNameTaken == true { form.fields.note(RegistrationText.usernameTaken, at: .username) }
        guard let signUp, form.fields.isAccepted else {
            return context.refused(try registerPage(form.fields, context))
        }
        let command = try command(for: signUp, context)
        do {
            _ = try await unlessOverloaded { try await application.accounts.signUp(signUp, command: command) }
        } catch AccountRefusal.tooYoung(let minimumAge) {
            form.fields.note(RegistrationText.tooYoung(minimumAge), at: .personalIdentityNumber)
            return context.refused(try registerPage(form.fields, context))
        } catch AccountRefusal.otherPolicyInForce {
            return try askAgain(.policy, context)
        } catch AccountRefusal.otherTermsInForce {
            return try askAgain(.terms, context)
        }
        return context.page(RegisteredPage(linkLasts: policy.rules.retention.confirmationLink))
    }

    /// Sending the same form twice signs up once; a form with a corrected address or place is a new sign-up, because
    /// the mail must go there, and what was hidden must stay hidden.
    private func command(for signUp: SignUpApplication, _ context: SiteContext) throws -> CommandID {
        let command = try context.command()
        guard let known = try application.accounts.member(MemberID(createdBy: command)).account else { return command }
        let isRepetition =
            known.identity.value.value == signUp.identity && known.email?.value.value == signUp.email
            && known.isProtected == (signUp.identityProtection == .protected)
            && known.municipality?.value.value == signUp.municipality
        return isRepetition ? command : CommandID(at: context.now)
    }

    /// The texts changed while the form was open: a ticked box for the old text is not consent to the new one.
    private func askAgain(_ field: FieldName, _ context: SiteContext) throws -> Response {
        var values = try context.received.values()
        values[.policy] = nil
        values[.terms] = nil
        var form = Form(received: values)
        form.note(RegistrationText.textsChanged, at: field)
        return context.refused(try registerPage(form, context))
    }

    private func registerPage(_ form: Form, _ context: SiteContext) throws -> RegisterPage {
        let policy = try application.accounts.policyInForce(at: context.now)
        return RegisterPage(
            form: form, siteName: context.visit.site.name, controller: context.visit.site.controller,
            policy: policy.version, terms: try application.accounts.termsInForce(at: context.now).version,
            minimumAge: policy.rules.registration.joiningAge,
            passwordMinimumLength: policy.rules.registration.passwordMinimumLength)
    }
}
