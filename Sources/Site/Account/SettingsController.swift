import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The pages by which a member sees and changes her own data (P-12.3, P-12.4).
struct SettingsController: Sendable {
    /// A part of the page that another feature writes, after the sign-ins.
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

/// A part of the settings page with a heading of its own.
struct SettingsSection: Sendable {
    /// Of the heading, for links to it.
    let id: String
    let heading: String
    let write: @Sendable (inout HTMLWriter) -> Void
}

extension SettingsController {
    /// The account of whoever is signed in; the session outlives it by a moment at most.
    func account(_ context: SiteContext) throws -> Account {
        guard let account = try application.accounts.member(context.requireMember().id).active else {
            throw PageError.signInNeeded
        }
        return account
    }

    /// Back to the settings, which show what has changed.
    func done(_ change: SettingsChange) -> Response {
        .redirect(to: .settingsAfter(change))
    }

    /// Asks the password once more, as before anything that a borrowed browser should not do.
    /// - Returns: false, and notes it at the field, when it is another one.
    func reauthenticate(_ form: inout Form, _ context: SiteContext) async throws -> Bool {
        try await context.reauthenticate(&form, application.accounts)
    }
}

extension HTMLWriter {
    /// Where the present password is asked for.
    mutating func presentPassword(in form: Form, _ label: String = "Ditt lösenord", hint: String? = nil) {
        field(
            .password, label, in: form, .password, hint: hint, autocomplete: "current-password",
            maxLength: Password.maximumLength)
    }

    /// The way back from a page below the settings.
    mutating func settingsBreadcrumb() { breadcrumbs([Breadcrumb("Inställningar", .settings)]) }
}
