package import Events
import Foundation

/// The name under which a member writes; public.
package struct Username: Sendable, Redacted {
    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case tooShort, tooLong, otherCharacters
        /// It could be mistaken for a name of the site or its staff.
        case reserved
        /// It looks like a personal identity number, which must not be public.
        case looksLikeIdentityNumber
    }

    /// Parses a name that a member may choose.
    package init(_ text: String) throws(Problem) {
        let typed = try Username.typed(text)
        guard !StaffWords.areClaimed(byUsername: typed.text) else { throw .reserved }
        // A name must not end with punctuation that could end a sentence.
        guard typed.text.last?.isLetter == true || typed.text.last?.isNumber == true else { throw .otherCharacters }
        self = typed
    }

    /// Parses a name that a member may have: it may have been chosen before a word was reserved.
    package static func typed(_ text: String) throws(Problem) -> Username {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
        guard text.unicodeScalars.count >= 3 else { throw .tooShort }
        guard text.unicodeScalars.count <= 30 else { throw .tooLong }
        guard text.unicodeScalars.allSatisfy(Username.isAllowed),
            text.first?.isLetter == true || text.first?.isNumber == true
        else { throw .otherCharacters }
        let digits = text.filter(\.isNumber)
        guard !((digits.count == 10 || digits.count == 12) && !text.contains(where: \.isLetter)) else {
            throw .looksLikeIdentityNumber
        }
        return Username(recorded: text)
    }

    /// Reads a recorded name: a word may have been reserved since.
    package init(recorded text: String) { self.text = text }

    /// Equal for all spellings of one name.
    var normalised: String { text.lowercased() }

    package var claim: Claim { Claim(.username, normalised) }

    /// Latin letters only: with a Cyrillic `а` a person could impersonate another member.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
        case "×", "÷", "ı", "İ", "Ĳ", "ĳ", "ŉ", "ſ": false
        case "\u{C0}"..."\u{17E}": true
        default: false
        }
    }
}

/// All spellings of one name are equal.
extension Username: Hashable {
    package static func == (a: Self, b: Self) -> Bool { a.normalised == b.normalised }
    package func hash(into hasher: inout Hasher) { hasher.combine(normalised) }
}

extension Username: SealedText {
    package static let field = PersonalField.username
    package var recorded: String { text }
}
