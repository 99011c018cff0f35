import Foundation

/// Normalises typed text: NFC, line feeds, and no invisible characters that control how the text is displayed.
package enum TypedText {
    /// The maximum number of marks on one letter; pointed and accented Hebrew, stacked Tibetan and doubly marked Vietnamese have no more.
    private static let mostMarks = 4

    /// Several lines, without empty ones at the beginning and the end. Nil when the text contains NUL.
    package static func lines(_ typed: String) -> String? {
        guard !typed.utf8.contains(0) else { return nil }
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in typed.unicodeScalars {
            switch scalar {
            case "\r", "\u{2028}", "\u{2029}": scalars.append("\n")
            case "\n": if !afterReturn { scalars.append("\n") }
            default: if isKept(scalar) { scalars.append(scalar) }
            }
            afterReturn = scalar == "\r"
        }
        return withoutEmptyEdges(withFewMarks(String(scalars).precomposedStringWithCanonicalMapping))
    }

    /// The text without the marks beyond the maximum, which would overlap other text.
    package static func withFewMarks(_ text: String) -> String {
        // Nothing below U+0300 is a mark.
        guard text.utf8.contains(where: { $0 >= 0xCC }) else { return text }
        var marks = 0
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isStackedMark {
                marks += 1
                guard marks <= mostMarks else { continue }
            } else if !scalar.properties.isDefaultIgnorableCodePoint {
                // An invisible character does not begin another letter.
                marks = 0
            }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// One line with single spaces. Nil when it contains NUL.
    package static func singleLine(_ typed: String) -> String? {
        guard let text = lines(typed) else { return nil }
        return text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
    }

    /// Several lines with something visible in them; nil otherwise.
    package static func visibleLines(_ typed: String) -> String? { lines(typed).flatMap { isVisible($0) ? $0 : nil } }

    /// One line with something visible in it; nil otherwise.
    package static func visibleLine(_ typed: String) -> String? {
        singleLine(typed).flatMap { isVisible($0) ? $0 : nil }
    }

    /// Whether anything of a text can be seen: zero-width characters and blanks cannot.
    package static func isVisible(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { scalar in
            // Braille's blank pattern and the null note head are neither white space nor ignorable, and show nothing.
            !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
                && scalar.properties.generalCategory != .control && scalar != "\u{2800}" && scalar != "\u{1D159}"
        }
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: true
        // Control characters.
        case 0x00..<0x20, 0x7F..<0xA0: false
        // Characters that override the direction of the text, and invisible marks.
        case 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFC: false
        // Not characters: `Placeholder` is made of some of them.
        case 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }

    /// Indentation of the first line stays: it means code.
    private static func withoutEmptyEdges(_ text: String) -> String {
        var text = text[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        while let lineEnd = text.firstIndex(of: "\n"), text[..<lineEnd].allSatisfy(\.isWhitespace) {
            text = text[text.index(after: lineEnd)...]
        }
        return String(text)
    }
}

extension Unicode.Scalar {
    /// Whether the mark stands above, below or around the letter before it; variation selectors do not.
    fileprivate var isStackedMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: !properties.isDefaultIgnorableCodePoint
        default: false
        }
    }
}
