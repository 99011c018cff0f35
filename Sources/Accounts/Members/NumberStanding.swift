package import Events

/// Whether an account holds the personal identity number that was given at its sign-up (P-16.6).
///
/// An account whose number is another's never gets it by itself: not when the holder leaves, is erased or gets another number.
package enum NumberStanding: String, ClosedCode, CaseIterable {
    case held
    /// Another account held it at the confirmation, or holds it since it was moved to its rightful owner's account.
    case anothers
}

extension Account {
    /// The claims of this account: every name of its own, and the number only if it holds it.
    package var claims: [Claim] {
        let addresses = [email, previousEmail?.email].compactMap { $0?.value.value?.claim }
        guard let identity = identity.value.value else { return addresses }
        return names + (duplicateSince == nil ? [identity.number.claim] : [])
    }

    /// The claims on username and e-mail addresses.
    var names: [Claim] {
        let addresses = [email, previousEmail?.email].compactMap { $0?.value.value?.claim }
        return addresses + [identity.value.value?.username.claim].compactMap(\.self)
    }
}

extension Accounts {
    /// Whether the member's account is without its number.
    package func isDuplicate(_ member: MemberID) throws -> Bool {
        try self.member(member).account?.duplicateSince != nil
    }

    /// The member who holds the number of an account or of a sign-up.
    package func holderOfNumber(of member: MemberID) throws -> MemberID? {
        guard let number = try self.member(member).account?.identity.value.value?.number else { return nil }
        return try log.holder(of: number.claim)?.id(MemberKind.self)
    }
}
