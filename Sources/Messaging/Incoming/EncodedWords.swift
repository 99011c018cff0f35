import Foundation

/// Decodes header text with encoded words (RFC 2047): `=?iso-8859-1?Q?Fr=E5ga?=`.
enum EncodedWords {
    /// Re-encodes the encoded words in UTF-8 and base64, so that the decoder needs no other charset. Adjacent words are merged, because a
    /// character may be split between them.
    static func inUTF8(_ text: String) -> String {
        var (output, end) = ("", text.startIndex)
        var run = Run()
        for match in text.matches(of: /=\?([^?*\s]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=/) {
            let between = text[end..<match.range.lowerBound]
            if !between.allSatisfy(\.isWhitespace) || run.isEmpty {
                output += run.encoded() + between
                run = Run()
            }
            let bytes = match.2.lowercased() == "b" ? TransferEncoding.base64(match.3.utf8) : quoted(match.3)
            run.add(bytes, charset: match.1.lowercased())
            end = match.range.upperBound
        }
        return output + run.encoded() + text[end...]
    }

    /// Adjacent encoded words.
    private struct Run {
        private var text = ""
        private var bytes: [UInt8] = []
        private var charset: String?

        var isEmpty: Bool { charset == nil }

        mutating func add(_ more: [UInt8], charset: String) {
            if self.charset != charset { decode() }
            self.charset = charset
            bytes += more
        }

        mutating func encoded() -> String {
            decode()
            return text.isEmpty ? "" : "=?utf-8?B?\(Data(text.utf8).base64EncodedString())?="
        }

        private mutating func decode() {
            text += MailCharset.text(bytes, named: charset)
            bytes = []
        }
    }

    private static func quoted(_ text: Substring) -> [UInt8] {
        // A soft line break preserves the trailing spaces.
        TransferEncoding.quotedPrintable(text.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 } + [UInt8(ascii: "=")])
    }
}
