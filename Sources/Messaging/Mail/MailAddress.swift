internal import Events

/// A deliverable mail address: no character in it can start another header or recipient.
package struct MailAddress: Hashable, Sendable {
    /// As its owner spells it; may hold letters beyond ASCII (RFC 6532).
    package let localPart: String
    /// In ASCII; labels with other letters as `xn--…`.
    package let domain: String
    private let shownDomain: String

    /// Nil unless the text is one address `name@domain`, without quoting and comments.
    package init?(_ text: String) {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2, text.utf8.count <= 254, MailAddress.isDotAtom(halves[0]),
            let domain = DomainName(halves[1])
        else { return nil }
        localPart = halves[0]
        self.domain = domain.ascii
        shownDomain = domain.shown
    }

    /// Parses an address from the log, so that addresses once accepted stay readable when the rules grow stricter.
    package init?(recorded text: String) {
        if let address = MailAddress(text) {
            self = address
            return
        }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2, MailAddress.isDotAtom(halves[0]),
            halves[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>\",;:".utf8.contains($0) })
        else { return nil }
        localPart = halves[0]
        domain = halves[1]
        shownDomain = halves[1]
    }

    package var text: String { "\(localPart)@\(domain)" }

    /// With the domain in Unicode, for display.
    package var shown: String { "\(localPart)@\(shownDomain)" }

    package var isASCII: Bool { localPart.utf8.allSatisfy { $0 < 0x80 } }

    private static func isDotAtom(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.unicodeScalars.allSatisfy(isAtomic)
        }
    }

    private static func isAtomic(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            return true
        default: return false
        }
    }
}

/// Redacted, so that it cannot reach a log line or an error by accident.
extension MailAddress: CustomStringConvertible, CustomReflectable {
    package var description: String { "(MailAddress)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension MailAddress: SealedElement {
    package var recorded: String { text }
}
