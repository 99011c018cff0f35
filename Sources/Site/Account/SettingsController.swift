import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The pages where a member sees and changes her own data (P-12.3, P-12.4).
struct SettingsController: Sendable {
    /// Makes a section of the page that another feature contributes, after the sign-ins.
    typealias SectionProvider = @Sendable (MemberID, SiteContext) async throws -> SettingsSection?

    let application: Application
    let tokens: OneTimeTokens
    let signIns: SignInRecords
    let ending: SessionEnding
    let furtherSections: [SectionProvider]

    init(application: Application, site: WebEnvironment, furtherSections: [SectionProvider] = []) throws {
        self.application = application
        self.furtherSections = furtherSections
        tokens = OneTimeTokens(store: site.runtime)
        signIns = try SignInRecords(store: site.runtime)
        ending = try SessionEnding(application, site.stores)
    }

    func add(to routes: inout Routes) {
        routes.get(.settings, showSettings)
        routes.get(.showNumber) { _, context in context.page(ShowNumberPage()) }
        routes.post(.showNumber, limit: .signIn, showNumber)
        routes.get(.changeEmail, showChangeEmail)
        routes.post(.changeEmail, limit: .signIn, changeEmail)
        routes.get(.changeUsername, showChangeUsername)
        routes.post(.changeUsername, changeUsername)
        routes.get(.changeMunicipality, showChangeMunicipality)
        routes.post(.changeMunicipality, changeMunicipality)
        routes.get(.changePassword, showChangePassword)
        routes.post(.changePassword, limit: .signIn, changePassword)
        routes.post(.answerConsent, answerConsent)
        routes.get(.protectIdentity, showProtectIdentity)
        routes.post(.protectIdentity, limit: .signIn, protectIdentity)
        routes.post(.endSessions, limit: .signIn, endSessions)
        routes.post(.clearReading, clearReading)
        routes.get(.reportCompromise) { _, context in context.page(ReportCompromisePage()) }
        routes.post(.reportCompromise, limit: .signIn, reportCompromise)
        routes.get(.requestCorrection, showRequestCorrection)
        routes.post(.requestCorrection, requestCorrection)
        routes.get(.confirmNewEmail, showConfirmNewEmail)
        routes.post(.confirmNewEmail, confirmNewEmail)
        routes.get(.undoEmailChange, showUndoEmailChange)
        routes.post(.undoEmailChange, undoEmailChange)
    }
}

/// A section of the settings page with its own heading.
struct SettingsSection: Sendable {
    /// The id of the heading, for links to it.
    let id: String
    let heading: String
    let write: @Sendable (inout HTMLWriter) -> Void
}

extension SettingsController {
    /// The signed-in member's account; a session may outlive the account by a moment.
    func account(_ context: SiteContext) throws -> Account {
        guard let account = try application.accounts.member(context.requireMember().id).active else {
            throw PageError.signInNeeded
        }
        return account
    }

    /// Redirects to the settings, which show what has changed.
    func done(_ change: SettingsChange) -> Response {
        .redirect(to: .settingsAfter(change))
    }

    /// Asks for the password again, before an action that a borrowed browser must not take.
    /// - Returns: false for a wrong password, with a note at the field.
    func reauthenticate(_ form: inout Form, _ context: SiteContext) async throws -> Bool {
        try await context.reauthenticate(&form, application.accounts)
    }
}

extension HTMLWriter {
    /// The field for the present password.
    mutating func presentPassword(in form: Form, _ label: String = "Ditt lösenord", hint: String? = nil) {
        field(
            .password, label, in: form, .password, hint: hint, autocomplete: "current-password",
            maxLength: Password.maximumLength)
    }

    /// The breadcrumb back to the settings.
    mutating func settingsBreadcrumb() { breadcrumbs([Breadcrumb("Inställningar", .settings)]) }
}
