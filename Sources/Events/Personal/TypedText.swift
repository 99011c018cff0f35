import Foundation

/// Text as a person typed it, made regular: NFC, line feeds, and nothing that cannot be seen but controls what is seen.
package enum TypedText {
    /// Upon one letter. Hebrew with points and accents, stacks of Tibetan, and doubly marked Vietnamese have no more.
    private static let mostMarks = 4

    /// Several lines; empty ones around are gone. Nil when it contains NUL.
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

    /// Without the marks that would tower over other texts.
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
                // What cannot be seen begins no other letter.
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

    /// Several lines of which something can be seen; nil otherwise.
    package static func visibleLines(_ typed: String) -> String? { lines(typed).flatMap { isVisible($0) ? $0 : nil } }

    /// One line of which something can be seen; nil otherwise.
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
        // What turns the direction of the text around, and invisible marks.
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
    /// Stands above, below or around the letter before it; selectors of a form do not.
    fileprivate var isStackedMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: !properties.isDefaultIgnorableCodePoint
        default: false
        }
    }
}
