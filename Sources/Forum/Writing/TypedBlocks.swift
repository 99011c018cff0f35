/// A part of typed text, split at the quote markers. Inside a fenced code block a marker is plain text.
enum TypedBlock {
    case text(Substring)
    case quote(QuoteMarker)

    static func cut(_ text: String) -> [TypedBlock] {
        var blocks: [TypedBlock] = []
        var fence: Fence?
        var textStart: Substring.Index?
        var textEnd = text.startIndex
        func flush() {
            if let start = textStart { blocks.append(.text(text[start..<textEnd])) }
            textStart = nil
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if fence == nil, let marker = QuoteMarker(line: line) {
                flush()
                blocks.append(.quote(marker))
                continue
            }
            fence = Fence.after(line, in: fence)
            textStart = textStart ?? line.startIndex
            textEnd = line.endIndex
        }
        flush()
        return blocks
    }
}

/// An open code fence (CommonMark 4.5).
private struct Fence {
    let character: UInt8
    let length: Int

    static func after(_ line: Substring, in open: Fence?) -> Fence? {
        let indentation = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
        let rest = line.utf8.dropFirst(indentation)
        guard indentation < 4, let first = rest.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else {
            return open
        }
        let length = rest.prefix { $0 == first }.count
        let info = rest.dropFirst(length)
        guard length >= 3 else { return open }
        if let open {
            let closes =
                first == open.character && length >= open.length
                && info.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            return closes ? nil : open
        }
        return first == UInt8(ascii: "`") && info.contains(first) ? nil : Fence(character: first, length: length)
    }
}
