import Messaging

extension HTMLWriter {
    /// A message as it was typed: paragraphs, line breaks, and addresses of web pages as links.
    mutating func message(_ text: MessageText) {
        var lines: [Substring] = []
        for line in text.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { paragraph(&lines) } else { lines.append(line) }
        }
        paragraph(&lines)
    }

    private mutating func paragraph(_ lines: inout [Substring]) {
        guard !lines.isEmpty else { return }
        raw("<p>")
        for (index, line) in lines.enumerated() {
            if index > 0 { raw("<br>") }
            linked(line)
        }
        raw("</p>")
        lines = []
    }

    private mutating func linked(_ line: Substring) {
        var rest = line
        while let start = rest.startOfLink {
            text(String(rest[..<start]))
            let link = MessageLink(at: rest[start...])
            if let target = ExternalLink(String(link.text)) {
                element(.a, .href(target), .rel("ugc nofollow noopener noreferrer"), text: String(link.text))
            } else {
                text(String(link.text))
            }
            rest = rest[link.text.endIndex...]
        }
        text(String(rest))
    }
}

/// An address in running text. What ends a sentence does not belong to it.
private struct MessageLink {
    let text: Substring

    private static let openings: [Character: Character] = [")": "(", "]": "[", "}": "{"]

    init(at start: Substring) {
        var address = start.prefix { !$0.isWhitespace && !"<>\"".contains($0) }
        var brackets: [Character: Int] = [:]
        for character in address where "()[]{}".contains(character) { brackets[character, default: 0] += 1 }
        while let last = address.last {
            if let opening = MessageLink.openings[last] {
                // Closes a bracket that was opened outside.
                guard brackets[last, default: 0] > brackets[opening, default: 0] else { break }
                brackets[last, default: 0] -= 1
            } else if !".,;:!?'”’".contains(last) {
                break
            }
            address.removeLast()
        }
        text = address.isEmpty ? start.prefix(1) : address
    }
}

extension Substring {
    /// Where `https://` or `http://` begins, when it does not stand inside a word.
    fileprivate var startOfLink: Index? {
        var previous: Character = " "
        for index in indices {
            if self[index] == "h" || self[index] == "H", !previous.isLetter, !previous.isNumber {
                let beginning = self[index...].prefix(8).lowercased()
                if beginning.hasPrefix("https://") || beginning.hasPrefix("http://") { return index }
            }
            previous = self[index]
        }
        return nil
    }
}
