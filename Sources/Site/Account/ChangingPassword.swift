import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

extension FieldName {
    static let newPassword: FieldName = "new-password"
}

extension SettingsController {
    func showChangePassword(_ request: Request, _ context: SiteContext) throws -> Response {
        let rules = try application.accounts.passwordRules(for: context.requireMember().id)
        return context.page(
            ChangePasswordPage(
                form: Form(), minimumLength: rules.minimumLength,
                asksForCode: try context.hasSecondFactor(application.accounts)))
    }

    /// Requires the old password; ends every other session and gives this one a new token (P-12.1).
    func changePassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        let rules = try application.accounts.passwordRules(for: member)
        var page = ChangePasswordPage(
            form: try context.form(), minimumLength: rules.minimumLength,
            asksForCode: try context.hasSecondFactor(application.accounts))
        var chosen: Password?
        do {
            chosen = try Password(page.form.typed(.newPassword), by: rules)
        } catch {
            page.form.note(RegistrationText.message(error), at: .newPassword)
        }
        guard let new = chosen else { return context.refused(page) }
        if page.asksForCode {
            guard try await reauthenticate(&page.form, context),
                try await context.requireFreshSecondFactor(&page.form, application.accounts)
            else { return context.refused(page) }
        }
        let old = EnteredPassword(page.form.typed(.password))
        let command = try context.command()
        do {
            try await SiteContext.unlessOverloaded {
                try await application.accounts.changePassword(of: member, from: old, to: new, command: command)
            }
        } catch AccountRefusal.wrongPassword {
            page.form.note("Lösenordet stämmer inte.", at: .password)
            return context.refused(page)
        }
        try await ending.endAll(of: member, except: context.visit.session?.id, at: context.now)
        let devices = context.visit.site.devices
        try devices.forgetAll(
            of: member,
            except: devices.find(context.visit.device.tokens, seenAfter: application.deviceLimit(at: context.now)))
        return try context.renewSession(then: done(.password))
    }
}

/// `/installningar/losenord`
struct ChangePasswordPage: HTMLPage {
    var form: Form
    let minimumLength: Int
    let asksForCode: Bool

    var title: String { "Byt lösenord" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p("När du har bytt loggas du ut på alla andra enheter. Här är du kvar.")
        html.form(post: .changePassword, form) { html in
            html.presentPassword(in: form, "Nuvarande lösenord")
            html.field(
                .newPassword, "Nytt lösenord", in: form, .password,
                hint:
                    "Minst \(SwedishNumber.inWords(minimumLength)) tecken. Några ord som inte hör ihop är både starkt och lätt att minnas. Använd det inte någon annanstans.",
                autocomplete: "new-password", maxLength: Password.maximumLength)
            html.secondFactor(in: form, isAsked: asksForCode)
            html.actions { html in
                html.submit("Byt lösenord")
                html.link("Jag har glömt det nuvarande", to: .forgottenPassword, class: "link")
            }
        }
    }
}
