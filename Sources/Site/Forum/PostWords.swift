import Events
import Forum
import HTML
import Processes
import Projections

/// The words of a post on one line, as visitors read them and without quotes: for feeds and search engines.
struct PostWords {
    let text: String

    /// Nil for a post that is deleted, removed or erased, and for one without words.
    init?(_ post: ThreadPage.Post) {
        guard case .visible(let segments) = post.body else { return nil }
        var words = ""
        for segment in segments {
            switch segment {
            case .html(let markup): words += PostWords.words(of: markup)
            case .mention(let member): words += (member.username == nil ? "" : "@") + shownName(member)
            case .quote: words += " "
            }
        }
        text = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if text.isEmpty { return nil }
    }

    /// At most `characters` characters, cut at a space where possible, with an ellipsis when text is left out.
    func excerpt(_ characters: Int) -> String {
        guard let end = text.index(text.startIndex, offsetBy: characters, limitedBy: text.endIndex), end < text.endIndex
        else { return text }
        let cut = text[..<end]
        return (cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut) + "…"
    }

    /// Tags become spaces where they end a block; all others join their words.
    private static func words(of markup: SafeHTML) -> String {
        var words = ""
        var rest = markup.text[...]
        while let start = rest.firstIndex(of: "<") {
            words += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ">") else { return words }
            let tag = rest[rest.index(after: start)..<end]
            if !inline.contains(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }) { words += " " }
            rest = rest[rest.index(after: end)...]
        }
        return entities.reduce(words + rest) { $0.replacing($1.key, with: $1.value) }
    }

    private static let inline: Set<Substring> = ["a", "b", "i", "em", "strong", "code", "del", "span"]

    /// The ampersand is last, so that what it spells is not read again.
    private static let entities: KeyValuePairs = [
        "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&",
    ]
}
