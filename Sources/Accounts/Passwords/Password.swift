import Events
import Foundation

/// A password that a member may choose (P-12.1).
package struct Password: Sendable, Redacted {
    let text: String

    package enum Problem: Error, Hashable, Sendable {
        case tooShort(minimum: Int)
        case tooLong
        case common
        /// It contains the username, or the local part of the e-mail address.
        case containsOwnName
    }

    package static let maximumLength = 200

    package init(_ text: String, by rules: PasswordRules) throws(Problem) {
        let entered = EnteredPassword(text)
        guard entered.text.count >= rules.minimumLength else { throw .tooShort(minimum: rules.minimumLength) }
        guard entered.text.count <= Password.maximumLength else { throw .tooLong }
        guard !PasswordBlocklist.contains(entered.text) else { throw .common }
        let lowercased = entered.text.lowercased()
        let names = rules.names.map { $0.precomposedStringWithCanonicalMapping.lowercased() }.filter { $0.count >= 3 }
        guard !names.contains(where: lowercased.contains) else { throw .containsOwnName }
        self.text = entered.text
    }
}

/// Requirements on a new password.
package struct PasswordRules: Hashable, Sendable {
    /// In characters.
    package let minimumLength: Int
    /// What others can guess about the member: username, and local part of the e-mail address.
    let names: [String]

    package init(_ policy: PolicyRules, names: [String]) {
        minimumLength = policy.registration.passwordMinimumLength
        self.names = names
    }
}

/// The text typed into a password field; it may be anything.
package struct EnteredPassword: Sendable, Redacted {
    let text: String

    /// Normalised, since some keyboards compose `å` from two characters.
    package init(_ text: String) { self.text = text.precomposedStringWithCanonicalMapping }

    /// Longer than any password: no work is spent on it.
    var isAbsurd: Bool { text.utf8.count > Password.maximumLength * 16 }
}

extension EnteredPassword {
    init(_ password: Password) { text = password.text }
}
