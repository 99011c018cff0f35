import Accounts
import Events
import HTML
import SiteMap

/// `/installningar/inloggning/tva-steg`: explains two-factor sign-in, and asks for the password before a secret is shown.
struct SetUpTwoFactorPage: HTMLPage {
    var form = Form()
    /// Whether the reader must set it up before anything else.
    let isRequired: Bool

    var title: String { "Slå på tvåstegsinloggning" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        if !isRequired {
            html.breadcrumbs([Breadcrumb("Inställningar", .settings), Breadcrumb("Inloggning", .signInSettings)])
        }
        html.h1(title)
        if isRequired {
            html.notice(
                "Du är administratör, och då behövs en kod utöver lösenordet. Slå på tvåstegsinloggning för att fortsätta.",
                .warning)
        }
        html.p("Så här går det till:")
        html.element(.ol) { html in
            for step in SetUpTwoFactorPage.steps { html.li { $0.text(step) } }
        }
        html.form(post: .twoFactor, form) { html in
            html.presentPassword(in: form)
            html.actions { html in
                html.submit("Fortsätt")
                if !isRequired { html.link("Avbryt", to: .signInSettings, class: "link") }
            }
        }
        guard isRequired else { return }
        html.h2("Vill du inte?")
        html.p("Då kan du inte använda webbplatsen som administratör, men dina uppgifter är fortfarande dina. Du kan")
        html.element(.ul) { html in
            html.li { $0.link("läsa och ladda ner allt vi har om dig", to: .accessReport) }
            html.li { $0.link("avsluta ditt konto", to: .closeAccount) }
        }
        html.form(post: .signOut) { html in html.actions { $0.submit("Logga ut", .secondary) } }
    }

    private static let steps = [
        "Installera en app för engångskoder i telefonen, om du inte har någon. De flesta lösenordshanterare kan det också.",
        "Skriv ditt lösenord här nedanför. Då visar vi en QR-kod som du läser in med appen.",
        "Skriv koden som appen visar, så att vi vet att det fungerar.",
        "Spara återställningskoderna som du får till sist.",
    ]
}

/// Shows the secret as a QR code and as text, and asks for the first code.
struct ConfirmTwoFactorPage: HTMLPage {
    var form: Form
    let token: SecretToken
    let secret: TOTPSecret
    let siteName: String
    let username: String

    var title: String { "Lägg till kontot i din app" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Öppna appen, välj att lägga till ett konto och läs in bilden med kameran.")
        if let code = QRCode("otpauth://" + setUp) {
            html.p { $0.qrCode(code, label: "QR-kod med nyckeln som står som text här nedanför") }
        }
        html.element(.details) { html in
            html.element(.summary, text: "Kan du inte läsa in bilden?")
            html.p { html in
                html.text("Är appen på den här enheten, ")
                html.element(.a, class: "link", .href(otpauth: setUp), text: "öppna den härifrån")
                html.text(". Annars skriver du nyckeln i appen. Välj tidsbaserade koder med sex siffror.")
            }
            html.p { $0.element(.code, text: ConfirmTwoFactorPage.grouped(secret.base32)) }
        }
        html.form(post: .confirmTwoFactor, form) { html in
            html.hidden(.setUpToken, token.description)
            html.field(
                .code, "Koden som appen visar", in: form, .digits, hint: "Sex siffror. Den byts var trettionde sekund.",
                autocomplete: "one-time-code", maxLength: 40, isShort: true)
            html.actions { html in
                html.submit("Slå på")
                html.link("Börja om", to: .twoFactor, class: "link")
            }
        }
    }

    /// The `otpauth` URI for the app after its scheme: the site's name, and the username to tell several accounts apart.
    private var setUp: String {
        let (issuer, label) = (percentEncoded(siteName), percentEncoded(username))
        return
            "totp/\(issuer):\(label)?secret=\(secret.base32)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }

    private static func grouped(_ text: String) -> String {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 4)
            .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: " ")
    }
}

/// Shows the recovery codes, this once.
struct RecoveryCodesPage: HTMLPage {
    let codes: RecoveryCodes
    /// The owner's username, for the printout.
    let username: String
    let siteName: String
    /// Whether the codes belong to a second factor that was just switched on.
    let isNew: Bool

    var title: String { isNew ? "Tvåstegsinloggning är påslagen" : "Dina nya återställningskoder" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            isNew
                ? "Spara de här återställningskoderna nu. De visas bara den här gången."
                : "De gamla koderna gäller inte längre. Spara de nya: de visas bara den här gången.",
            class: "lead")
        html.element(.pre) { html in
            for code in codes.texts {
                html.element(.code, text: code)
                html.text("\n")
            }
        }
        html.p("För \(username) hos \(siteName).", class: "muted")
        html.p(
            "Blir du av med telefonen loggar du in med en av dem i stället för koden ur appen. Var och en fungerar en gång. Skriv ut sidan, skriv av koderna eller lägg dem i din lösenordshanterare, men inte bara i telefonen."
        )
        html.actions { html in html.buttonLink("Jag har sparat koderna", to: .signInSettings) }
    }
}

/// Asks for password and code before the second factor is changed.
struct AskForCodePage: HTMLPage {
    enum Matter: Sendable { case disable, renewCodes }

    let matter: Matter
    var form = Form()
    /// Whether the form that the reader sent had already made codes, which cannot be shown again.
    var wasDone = false

    var title: String {
        switch matter {
        case .disable: "Stäng av tvåstegsinloggning"
        case .renewCodes: "Gör nya återställningskoder"
        }
    }

    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Inställningar", .settings), Breadcrumb("Inloggning", .signInSettings)])
        html.h1(title)
        if wasDone {
            html.notice(
                "Du har redan fått nya koder, och de visas bara en gång. Har du inte sparat dem kan du göra nya här.",
                .warning)
        }
        switch matter {
        case .disable:
            html.p(
                "Då räcker lösenordet för att logga in. Återställningskoderna slutar gälla, och vi mejlar dig om det.")
        case .renewCodes: html.p("Du får tio nya koder. De gamla slutar gälla genast.")
        }
        html.form(post: matter == .disable ? .disableTwoFactor : .renewRecoveryCodes, form) { html in
            html.presentPassword(in: form)
            html.secondFactor(in: form)
            html.actions { html in
                html.submit(
                    matter == .disable ? "Stäng av" : "Gör nya koder", matter == .disable ? .danger : .primary)
                html.link("Avbryt", to: .signInSettings, class: "link")
            }
        }
    }
}
