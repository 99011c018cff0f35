package import Events

/// Closing an account, and the steps after it.
extension Address {
    package static let closeAccount = Address("/avsluta-konto", for: .members, gate: .open)
    package static let restoreLink = Address("/aterskapa", gate: .open)
    package static let restoreAccount = Address("/aterskapa/{token}", gate: .open)
    package static let appeal = Address("/overklaga/{token}", gate: .open)
    package static let receipt = Address("/kvitto/{token}", gate: .open)

    static let closingAddresses: [Address] = [
        .closeAccount, .restoreLink, .restoreAccount, .appeal, .receipt,
    ]
}

extension SiteLink {
    package static var closeAccount: SiteLink { Address.closeAccount.link() }
    package static var restoreLink: SiteLink { Address.restoreLink.link() }
    package static func restoreAccount(token: String) -> SiteLink { Address.restoreAccount.link(token) }
    package static func appeal(token: String) -> SiteLink { Address.appeal.link(token) }
    package static func receipt(token: String) -> SiteLink { Address.receipt.link(token) }
}
