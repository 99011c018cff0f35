package import Events

/// The identifier typed when signing in, an e-mail address or a username, in the form used for look-up.
///
/// Attempts are counted by this form, so that two spellings of one name share one count.
package struct SignInIdentifier: Hashable, Sendable {
    /// Maximum length in bytes; longer input names no account and is not parsed.
    package static let longest = 254

    /// Nil when no account can have the name.
    package let claim: Claim?

    package init(_ typed: String) {
        guard typed.utf8.count <= SignInIdentifier.longest else {
            claim = nil
            return
        }
        // No username contains an `@`.
        claim = typed.contains("@") ? (try? EmailAddress(typed))?.claim : (try? Username.typed(typed))?.claim
    }
}

extension Accounts {
    /// The member who holds the identifier; nil also when a closed account with it has been erased.
    package func holder(of identifier: SignInIdentifier) throws -> MemberID? {
        try identifier.claim.flatMap { try log.holder(of: $0) }?.id(MemberKind.self)
    }
}
