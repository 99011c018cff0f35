import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap

extension SettingsController {
    func showChangeUsername(_ request: Request, _ context: SiteContext) throws -> Response {
        let present = try account(context).identity.value.value?.username.text ?? ""
        return context.page(ChangeUsernamePage(form: Form([.username: present]), present: present))
    }

    func changeUsername(_ request: Request, _ context: SiteContext) async throws -> Response {
        let present = try account(context).identity.value.value?.username.text ?? ""
        var page = ChangeUsernamePage(form: try context.form(), present: present)
        guard let username = page.form.require(.username, as: Username.init, else: RegistrationText.message) else {
            return context.refused(page)
        }
        do {
            try await application.accounts.changeUsername(
                of: context.requireMember().id, to: username, command: try context.command())
        } catch AccountRefusal.usernameTaken {
            page.form.note(RegistrationText.usernameTaken, at: .username)
            return context.refused(page)
        }
        return done(.username)
    }

    func showChangeMunicipality(_ request: Request, _ context: SiteContext) throws -> Response {
        let account = try account(context)
        let code = account.municipality?.value.value?.code
        return context.page(
            ChangeMunicipalityPage(
                form: Form([.declaredMunicipality: code ?? ""]), isProtected: account.isProtected, isGiven: code != nil)
        )
    }

    func changeMunicipality(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (id, account) = (try context.requireMember().id, try account(context))
        var page = ChangeMunicipalityPage(
            form: try context.form(), isProtected: account.isProtected, isGiven: account.municipality != nil)
        guard !page.form.isChecked(.withdrawsMunicipality) else {
            try await application.accounts.withdrawMunicipality(of: id, command: try context.command())
            return done(.municipalityWithdrawn)
        }
        guard let municipality = Municipality(code: page.form.text(.declaredMunicipality)) else {
            page.form.note("Välj den kommun du bor i.", at: .declaredMunicipality)
            return context.refused(page)
        }
        do {
            try await application.accounts.declareMunicipality(of: id, municipality, command: try context.command())
        } catch AccountRefusal.protectedIdentity {
            page.isProtected = true
            return context.refused(page)
        }
        return done(.municipality)
    }
}

/// `/installningar/anvandarnamn`
struct ChangeUsernamePage: HTMLPage {
    var form: Form
    let present: String

    var title: String { "Ändra användarnamn" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p(
            "Nu heter du \(present). Det nya namnet står vid allt du har skrivit, även det gamla. Det förra namnet blir genast ledigt för andra."
        )
        html.form(post: .changeUsername, form) { html in
            html.field(
                .username, "Nytt användarnamn", in: form,
                hint: "Alla ser det. Bokstäver, siffror, punkt, bindestreck och understreck.",
                autocomplete: "username", maxLength: 30, isShort: true)
            html.actions { html in
                html.submit("Byt namn")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}

/// `/installningar/kommun`
struct ChangeMunicipalityPage: HTMLPage {
    var form: Form
    var isProtected: Bool
    /// Whether there is one to take away.
    let isGiven: Bool

    var title: String { "Kommun" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        guard !isProtected else {
            html.notice("Din identitet är skyddad, så vi sparar ingen kommun. Andra ser ”Uppgift saknas”.")
            return html.actions { html in
                html.buttonLink("Till inställningarna", to: .settings)
                html.link("Skyddad identitet", to: .protectIdentity, class: "link")
            }
        }
        html.p("Du behöver inte ange någon kommun. Anger du ingen ser andra ”Uppgift saknas”.")
        html.form(post: .changeMunicipality, form) { html in
            html.municipalitySelect(
                .declaredMunicipality, "Kommun", in: form, prompt: "Välj kommun",
                hint: "Där du bor. Syns för andra medlemmar när de är inloggade.")
            html.actions { html in
                html.submit("Spara")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
        guard isGiven else { return }
        html.p("Den kommun du har angett raderas, både när du ändrar den och när du tar bort den.")
        html.form(post: .changeMunicipality) { html in
            html.hidden(.withdrawsMunicipality, "ja")
            html.actions { $0.submit("Ta bort kommunen", .secondary) }
        }
    }
}

extension FieldName {
    static let withdrawsMunicipality: FieldName = "ta-bort"
    static let declaredMunicipality: FieldName = "kommun"
}
