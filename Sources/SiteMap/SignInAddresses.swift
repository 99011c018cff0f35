package import Events

/// Registration and signing in.
extension Address {
    package static let register = Address("/registrera")
    package static let confirm = Address("/bekrafta/{token}", gate: .open)
    package static let signIn = Address("/logga-in", gate: .open, past: .asUsual)
    package static let signInCode = Address("/logga-in/kod", gate: .open, isConfidential: true, past: .asUsual)
    package static let signOut = Address("/logga-ut", gate: .open, past: .asUsual)
    package static let forgottenPassword = Address("/glomt-losenord", gate: .open)
    package static let newPassword = Address("/nytt-losenord/{token}", gate: .open)
    package static let acceptTexts = Address("/godkann", for: .members, gate: .open)

    static let signInAddresses: [Address] = [
        .register, .confirm, .signIn, .signInCode, .signOut, .forgottenPassword, .newPassword, .acceptTexts,
    ]
}

extension SiteLink {
    package static var register: SiteLink { Address.register.link() }
    package static func confirm(token: String) -> SiteLink { Address.confirm.link(token) }
    package static func signIn(returningTo path: ReturnPath? = nil) -> SiteLink {
        Address.signIn.link().with(.returnPath, path?.description)
    }
    package static var signInCode: SiteLink { Address.signInCode.link() }
    package static var signOut: SiteLink { Address.signOut.link() }
    package static var forgottenPassword: SiteLink { Address.forgottenPassword.link() }
    package static func newPassword(token: String) -> SiteLink { Address.newPassword.link(token) }
    package static func acceptTexts(returningTo path: ReturnPath? = nil) -> SiteLink {
        Address.acceptTexts.link().with(.returnPath, path?.description)
    }
}
