package import Events

/// Pages where members read and change their own data.
extension Address {
    package static let settings = Address("/installningar", for: .members, isConfidential: true)
    package static let showNumber = Address("/installningar/personnummer", for: .members)
    package static let changeEmail = Address("/installningar/epost", for: .members)
    package static let changeUsername = Address("/installningar/anvandarnamn", for: .members)
    package static let changeMunicipality = Address("/installningar/kommun", for: .members)
    package static let changePassword = Address("/installningar/losenord", for: .members)
    package static let signInSettings = Address("/installningar/inloggning", for: .members)
    package static let twoFactor = Address(
        "/installningar/inloggning/tva-steg", for: .members, gate: .openBeforeTwoFactor, isConfidential: true)
    package static let confirmTwoFactor = Address(
        "/installningar/inloggning/tva-steg/bekrafta", for: .members, gate: .openBeforeTwoFactor, isConfidential: true)
    package static let disableTwoFactor = Address("/installningar/inloggning/tva-steg/av", for: .members)
    package static let renewRecoveryCodes = Address(
        "/installningar/inloggning/koder", for: .members, isConfidential: true)
    package static let answerConsent = Address("/installningar/samtycke", for: .members)
    package static let protectIdentity = Address("/installningar/skyddad-identitet", for: .members)
    package static let endSessions = Address("/installningar/logga-ut", for: .members)
    package static let clearReading = Address("/installningar/last", for: .members)
    package static let reportCompromise = Address("/installningar/kapat", for: .members)
    package static let requestCorrection = Address("/installningar/rattelse", for: .members)
    package static let accessReport = Address("/installningar/utdrag", for: .members, gate: .open, isConfidential: true)
    package static let confirmNewEmail = Address("/bekrafta-epost/{token}", gate: .open)
    package static let undoEmailChange = Address("/angra-epostbyte/{token}", gate: .open)
    package static let retryAddress = Address("/installningar/epost/forsok-igen", for: .members)
    package static let mailPreferences = Address("/sajtinstallningar", for: .members)
    package static let unsubscribe = Address("/avregistrera/{token}", gate: .open)

    static let settingsAddresses: [Address] = [
        .settings, .showNumber, .changeEmail, .changeUsername, .changeMunicipality, .changePassword, .signInSettings,
        .twoFactor, .confirmTwoFactor, .disableTwoFactor, .renewRecoveryCodes, .answerConsent, .protectIdentity,
        .endSessions, .clearReading, .reportCompromise, .requestCorrection, .accessReport, .confirmNewEmail,
        .undoEmailChange,
        .retryAddress, .mailPreferences, .unsubscribe,
    ]
}

extension SiteLink {
    package static var settings: SiteLink { Address.settings.link() }
    package static func settingsAfter(_ change: SettingsChange) -> SiteLink {
        Address.settings.link().with(.done, change.rawValue).fragment(change.section?.place)
    }
    /// The settings with one section open.
    package static func settings(showing section: String) -> SiteLink {
        Address.settings.link().with(.filter, section).fragment(section)
    }
    package static var showNumber: SiteLink { Address.showNumber.link() }
    package static var changeEmail: SiteLink { Address.changeEmail.link() }
    package static var changeUsername: SiteLink { Address.changeUsername.link() }
    package static var changeMunicipality: SiteLink { Address.changeMunicipality.link() }
    package static var changePassword: SiteLink { Address.changePassword.link() }
    package static var signInSettings: SiteLink { Address.signInSettings.link() }
    package static var twoFactor: SiteLink { Address.twoFactor.link() }
    package static var confirmTwoFactor: SiteLink { Address.confirmTwoFactor.link() }
    package static var disableTwoFactor: SiteLink { Address.disableTwoFactor.link() }
    package static var renewRecoveryCodes: SiteLink { Address.renewRecoveryCodes.link() }
    package static var answerConsent: SiteLink { Address.answerConsent.link() }
    package static var protectIdentity: SiteLink { Address.protectIdentity.link() }
    package static var endSessions: SiteLink { Address.endSessions.link() }
    package static var clearReading: SiteLink { Address.clearReading.link() }
    package static var reportCompromise: SiteLink { Address.reportCompromise.link() }
    package static func requestCorrection(field: String? = nil) -> SiteLink {
        Address.requestCorrection.link().with(.correctedField, field)
    }
    package static var accessReport: SiteLink { Address.accessReport.link() }
    package static func confirmNewEmail(token: String) -> SiteLink { Address.confirmNewEmail.link(token) }
    package static func undoEmailChange(token: String) -> SiteLink { Address.undoEmailChange.link(token) }
    package static var retryAddress: SiteLink { Address.retryAddress.link() }
    package static var mailPreferences: SiteLink { Address.mailPreferences.link() }
    package static var mailPreferencesSaved: SiteLink { Address.mailPreferences.link().with(.done, "ja") }
    package static func unsubscribe(token: String) -> SiteLink { Address.unsubscribe.link(token) }
}
