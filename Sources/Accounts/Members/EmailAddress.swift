package import Events
import Foundation

/// An e-mail address. All spellings of one mailbox are equal.
package struct EmailAddress: Sendable, Redacted {
    /// As shown to people: the local part as the member spells it, the domain in Unicode.
    package let text: String
    /// The domain in ASCII; nil for one that was accepted earlier and no longer would be.
    private let domain: DomainName?

    package enum Problem: Error, Hashable, Sendable {
        case empty, notAnAddress, tooLong
    }

    package init(_ text: String) throws(Problem) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= 254 else { throw .tooLong }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, EmailAddress.isLocalPart(parts[0]), let domain = DomainName(parts[1]) else {
            throw .notAnAddress
        }
        self.init("\(parts[0])@\(domain.shown)", at: domain)
    }

    /// Reads a recorded address: one that was accepted stays readable when the rules grow stricter.
    package init(recorded text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        let domain = parts.count == 2 ? DomainName(parts[1]) : nil
        self.init(domain.map { "\(parts[0])@\($0.shown)" } ?? text, at: domain)
    }

    private init(_ text: String, at domain: DomainName?) {
        self.text = text
        self.domain = domain
    }

    package var localPart: String { text.split(separator: "@").first.map(String.init) ?? "" }

    /// Equal for all spellings of one address.
    var normalised: String {
        domain.map { "\(localPart.lowercased())@\($0.ascii)" } ?? text.lowercased()
    }

    /// Addresses with non-ASCII domains were earlier claimed as spelled; those claims are found too.
    package var claim: Claim {
        guard let domain, domain.ascii.contains("xn--") else { return Claim(.email, normalised) }
        return Claim(.email, normalised, formerly: ["\(localPart.lowercased())@\(domain.letters)"])
    }

    private static func isLocalPart(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 64
            && parts.allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy(isOrdinary) }
    }

    private static func isOrdinary(_ scalar: Unicode.Scalar) -> Bool {
        isLetterOrDigit(scalar) || "!#$%&'*+/=?^_`{|}~-".unicodeScalars.contains(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .decimalNumber: true
        default: false
        }
    }
}

/// Two spellings of one address are one address.
extension EmailAddress: Hashable {
    package static func == (a: Self, b: Self) -> Bool { a.normalised == b.normalised }
    package func hash(into hasher: inout Hasher) { hasher.combine(normalised) }
}

extension EmailAddress: SealedText {
    package static let field = PersonalField.emailAddress
    package var recorded: String { text }
}
