import Foundation

/// Encodes free text for a header field (RFC 2047). Line breaks and other controls are first replaced by spaces, so that no text can inject
/// a field.
enum HeaderText {
    /// For unstructured fields such as the subject.
    static func unstructured(_ text: String) -> String {
        let text = withoutControls(text)
        return isPlain(text) && text.utf8.count <= 66 ? text : encodedWords(text)
    }

    /// For the display name before an address.
    static func phrase(_ text: String) -> String {
        let text = withoutControls(text)
        guard isPlain(text), text.utf8.count <= 50 else { return encodedWords(text) }
        let isAtoms = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x20, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: false
            }
        }
        return isAtoms ? text : "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func withoutControls(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespaces)
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    }

    /// Bytes per encoded word: with the field's name before it, a word stays within 76 characters.
    private static let bytesInWord = 39

    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > bytesInWord {
                words.append(encodedWord(bytes))
                bytes = []
            }
            bytes += next
        }
        words.append(encodedWord(bytes))
        return words.joined(separator: "\r\n ")
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }
}
