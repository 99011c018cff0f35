internal import Events
import Foundation

/// What somebody is called, first and last name together.
package struct PersonName: Hashable, Sendable, Redacted {
    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case empty, tooLong, otherCharacters
        /// It says that somebody works for the site.
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

    /// As the log has it.
    package init(recorded text: String) { self.text = text }

    /// Any script's letters, and what stands between the parts of a name; nothing invisible.
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
