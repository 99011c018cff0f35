internal import Events
import Foundation

/// A person's full name.
package struct PersonName: Hashable, Sendable, Redacted {
    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case empty, tooLong, otherCharacters
        /// It suggests that the person works for the site.
        case reserved
    }

    package init(_ text: String) throws(Problem) {
        let words = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace)
        let text = TypedText.withFewMarks(words.joined(separator: " "))
        guard !text.isEmpty else { throw .empty }
        guard text.count <= 100, text.utf8.count <= 400 else { throw .tooLong }
        guard text.unicodeScalars.allSatisfy(PersonName.isAllowed), text.contains(where: \.isLetter) else {
            throw .otherCharacters
        }
        guard !StaffWords.areClaimed(byName: text) else { throw .reserved }
        self.text = text
    }

    /// Reads a recorded name without validation.
    package init(recorded text: String) { self.text = text }

    /// Letters of any script and the separators of a name's parts; no invisible characters.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .nonspacingMark, .spacingMark: true
        default: " -'’.·".unicodeScalars.contains(scalar)
        }
    }
}

extension PersonName: SealedElement {
    package var recorded: String { text }
}
