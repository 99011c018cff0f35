import Events
import Forum
import Messaging
import Processes
import Projections

extension JudgedText.Words {
    /// The text without its formatting; a link is followed by its address, in which a number may stand too.
    var plain: String {
        switch self {
        case .post(let segments): segments.plain
        case .title(let title): title
        case .message(let text): text.text
        }
    }
}

extension [ThreadPage.Segment] {
    fileprivate var plain: String {
        map { segment in
            switch segment {
            case .html(let markup): PlainMarkup.text(of: markup.text)
            case .mention(let member): "@\(member.username ?? "tidigare medlem")"
            case .quote(let quote): "\n\(quote.text?.plain ?? "")\n\n"
            }
        }.joined()
    }
}

/// The words of rendered markup.
enum PlainMarkup {
    static func text(of markup: String) -> String {
        var text = ""
        var rest = markup[...]
        while let start = rest.firstIndex(of: "<") {
            text += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ">") else { break }
            text += written(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
        }
        return entities.reduce(text + rest) { $0.replacing($1.key, with: $1.value) }
    }

    /// What stands in place of a tag: a line break after a block, and the address of a link before its words.
    private static func written(_ tag: Substring) -> String {
        if let address = tag.firstMatch(of: /href="([^"]*)"/), tag.hasPrefix("a ") { return "(\(address.1)) " }
        let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
        switch name {
        case "br": return "\n"
        case "p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "pre", "table", "tr", "hr":
            return tag.hasPrefix("/") || name == "hr" ? "\n\n" : ""
        case "td", "th": return tag.hasPrefix("/") ? " | " : ""
        case _: return ""
        }
    }

    /// The ampersand is last, so that what it spells is not read again.
    private static let entities: KeyValuePairs = [
        "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&",
    ]
}
