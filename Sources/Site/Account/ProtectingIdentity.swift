import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

extension FieldName {
    static let protection: FieldName = "skydd"
}

extension SettingsController {
    func showProtectIdentity(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(ProtectIdentityPage(isProtected: try account(context).isProtected))
    }

    /// Requires no explanation (P-07.1).
    func protectIdentity(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = ProtectIdentityPage(isProtected: try account(context).isProtected, form: try context.form())
        guard let protection = page.form.choice(.protection, of: IdentityProtection.self) else {
            throw PageError.malformed(.encoding)
        }
        // Ending the protection makes data visible or searchable, so a borrowed session must not be able to do it.
        if page.isProtected, protection != .protected {
            guard try await reauthenticate(&page.form, context) else { return context.refused(page) }
        }
        let member = try context.requireMember().id
        try await application.accounts.setIdentityProtection(
            of: member, to: protection, by: .member(member), command: try context.command())
        return done(protection == .protected ? .identityProtected : .protectionEnded)
    }
}

/// `/installningar/skyddad-identitet`
struct ProtectIdentityPage: HTMLPage {
    let isProtected: Bool
    var form = Form()

    var title: String { "Skyddad identitet" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p(
            "Har du skyddade personuppgifter, eller vill du av något skäl inte gå att hitta? Du behöver inte förklara varför.",
            class: "lead")
        if isProtected {
            html.notice("Din identitet är skyddad nu.")
            html.p(
                "Avslutar du skyddet kan du ange din kommun igen, och välja vad andra ska få se. Inget slås på av sig självt."
            )
            html.form(post: .protectIdentity, form) { html in
                html.hidden(.protection, IdentityProtection.ordinary.rawValue)
                html.presentPassword(in: form)
                html.actions { html in
                    html.submit("Avsluta skyddet", .secondary)
                    html.link("Avbryt", to: .settings, class: "link")
                }
            }
        } else {
            html.h2("Det här händer")
            html.div(class: "prose") { html in
                html.list([
                    "Kommunen raderas för alltid, om du har angett någon, liksom uppgifter som vi har hämtat från folkbokföringen.",
                    "Andra medlemmar ser ”Uppgift saknas”, precis som när ingen uppgift finns.",
                    "Namn, ålder och kön döljs, och reglagen låses i avstängt läge.",
                    "Ditt samtycke till uppslag i folkbokföringen tas tillbaka. Vi slår inte upp något om dig.",
                    "Användarnamnet och det du har skrivit står kvar. Se efter om något där röjer vem du är.",
                ]) { $1.text($0) }
            }
            html.form(post: .protectIdentity) { html in
                html.hidden(.protection, IdentityProtection.protected.rawValue)
                html.actions { html in
                    html.submit("Skydda min identitet")
                    html.link("Avbryt", to: .settings, class: "link")
                }
            }
        }
    }
}
