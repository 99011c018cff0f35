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
        let form = Form([.declaredMunicipality: account.municipality?.value.value?.code ?? ""])
        return context.page(ChangeMunicipalityPage(form: form, isProtected: account.isProtected))
    }

    func changeMunicipality(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = ChangeMunicipalityPage(form: try context.form(), isProtected: try account(context).isProtected)
        guard let municipality = Municipality(code: page.form.text(.declaredMunicipality)) else {
            page.form.note("Välj den kommun du bor i.", at: .declaredMunicipality)
            return context.refused(page)
        }
        do {
            try await application.accounts.declareMunicipality(
                of: context.requireMember().id, municipality, command: try context.command())
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

    var title: String { "Ändra kommun" }
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
        html.p("Den kommun du angav förut raderas.")
        html.form(post: .changeMunicipality, form) { html in
            html.municipalitySelect(
                .declaredMunicipality, "Kommun", in: form,
                hint: "Där du bor. Syns för andra medlemmar när de är inloggade.")
            html.actions { html in
                html.submit("Spara")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}

extension FieldName {
    static let declaredMunicipality: FieldName = "kommun"
}
