package import Events
import Foundation

/// An address that mail can be sent to, as its owner spells it.
package struct EmailAddress: Sendable, Discreet {
    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case empty, notAnAddress, tooLong
    }

    package init(_ text: String) throws(Problem) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= 254 else { throw .tooLong }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, EmailAddress.isLocalPart(parts[0]), EmailAddress.isDomain(parts[1]) else {
            throw .notAnAddress
        }
        self.text = text
    }

    /// As the log has it: what was accepted once stays readable when the rules grow stricter.
    init(recorded text: String) { self.text = text }

    package var localPart: String { text.split(separator: "@").first.map(String.init) ?? "" }

    /// The same for every spelling of one address.
    var normalised: String { text.lowercased() }

    package var claim: Claim { Claim(.email, normalised) }

    private static func isLocalPart(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 64
            && parts.allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy(isOrdinary) }
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.unicodeScalars.allSatisfy { $0 == "-" || isLetterOrDigit($0) }
        }
        return labels.count >= 2 && areLabels && labels.last?.contains(where: \.isLetter) == true
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
