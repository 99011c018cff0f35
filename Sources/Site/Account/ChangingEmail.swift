import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap

extension SettingsController {
    func showChangeEmail(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(try changeEmailPage(Form(), context))
    }

    /// Gives the same answer whether or not the address is taken: only the mail to that address says so (P-16.6).
    func changeEmail(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = try changeEmailPage(try context.form(), context)
        guard page.openUntil == nil else { return context.refused(page) }
        let email = page.form.require(.email, as: EmailAddress.init, else: RegistrationText.message)
        if let email, email.text == page.present {
            page.form.note("Det är den adress du har redan.", at: .email)
        }
        guard try await reauthenticate(&page.form, context), page.form.isAccepted, let email,
            try await context.requireFreshSecondFactor(&page.form, application.accounts)
        else {
            return context.refused(page)
        }
        do {
            try await application.accounts.requestEmailChange(
                of: context.requireMember().id, to: email, command: try context.command())
        } catch AccountRefusal.emailChangeOpen {
            return context.refused(try changeEmailPage(Form(), context))
        }
        return done(.emailRequested)
    }

    private func changeEmailPage(_ form: Form, _ context: SiteContext) throws -> ChangeEmailPage {
        let account = try account(context)
        let policies = try application.accounts.policies()
        let retention = try application.accounts.policyInForce(at: context.now).rules.retention
        return ChangeEmailPage(
            form: form, present: account.email?.value.value?.text,
            openUntil: account.undoDeadline(judgedAt: context.now, policies), linkLasts: retention.confirmationLink,
            undoLasts: retention.emailUndo, asksForCode: account.twoFactor != nil)
    }
}

/// `/installningar/epost`
struct ChangeEmailPage: HTMLPage {
    var form: Form
    let present: String?
    /// The end of the time in which the last change can be undone; no other change is possible before it (P-12.2).
    let openUntil: Instant?
    let linkLasts: Period
    let undoLasts: Period
    let asksForCode: Bool

    var title: String { "Ändra e-postadress" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        if let present { html.p("Din adress är \(present).") }
        if let openUntil {
            html.notice(
                "Du har nyss bytt adress, och bytet går att ångra från den gamla adressen till den \(RelativeTime(openUntil, now: openUntil).exact). Därefter kan du byta igen.",
                .warning)
            return html.actions { $0.buttonLink("Till inställningarna", to: .settings) }
        }
        html.p(
            "Vi mejlar en länk till den nya adressen. Den gäller i \(linkLasts.swedish), och bytet sker när du har bekräftat där. Då mejlar vi den gamla adressen en länk som ångrar bytet under \(undoLasts.swedish). Så länge kan ingen annan använda den."
        )
        html.form(post: .changeEmail, form) { html in
            html.field(.email, "Ny e-postadress", in: form, .email, autocomplete: "email", maxLength: 254)
            html.presentPassword(in: form)
            html.secondFactor(in: form, isAsked: asksForCode)
            html.actions { html in
                html.submit("Skicka länken")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}
