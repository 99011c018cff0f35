package import Events
package import Foundation

/// A sign-up and its personal identity number as keyed digests: enough to count sign-ups with one number, and to find neither.
package struct SignUpDigests: Hashable, Sendable {
    package let number: Data
    package let signUp: Data
}

extension Accounts {
    /// Nil when the sign-up is erased, or never existed.
    package func digests(ofSignUp member: MemberID) throws -> SignUpDigests? {
        guard let number = try self.member(member).account?.identity.value.value?.number else { return nil }
        return SignUpDigests(
            number: Data(log.secret("number of a sign-up\n\(number.twelveDigits)")), signUp: digest(ofSignUp: member))
    }

    /// The digest of the sign-up alone, which is found also when its data are erased.
    package func digest(ofSignUp member: MemberID) -> Data { Data(log.secret("sign-up\n\(member)")) }
}
