import Events
import HTML
import Messaging

extension HTMLWriter {
    /// A message as it was typed, with paragraphs, line breaks, and web addresses as links.
    mutating func message(_ text: MessageText) {
        var lines: [Substring] = []
        for line in text.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { paragraph(&lines) } else { lines.append(line) }
        }
        paragraph(&lines)
    }

    private mutating func paragraph(_ lines: inout [Substring]) {
        guard !lines.isEmpty else { return }
        p { html in
            for (index, line) in lines.enumerated() {
                if index > 0 { html.lineBreak() }
                html.linked(line)
            }
        }
        lines = []
    }

    private mutating func linked(_ line: Substring) {
        var rest = line
        while let start = rest.startOfLink {
            text(String(rest[..<start]))
            let address = TypedLink.address(at: rest[start...])
            if let target = ExternalLink(String(address)) {
                element(.a, .href(target), .rel("ugc nofollow noopener noreferrer"), text: String(address))
            } else {
                text(String(address))
            }
            rest = rest[address.endIndex...]
        }
        text(String(rest))
    }
}

extension Substring {
    /// The start of the first `https://` or `http://` that is not inside a word.
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
