package import Events
import HTML

/// Renders an article as plain text for mail: links with their addresses, lists with their markers.
enum ArticlePlainText {
    static func text(of blocks: [Article.Block]) -> String {
        blocks.map { text(of: $0) }.joined(separator: "\n\n")
    }

    private static func text(of block: Article.Block) -> String {
        switch block {
        case .heading(let heading):
            let words = text(of: heading.words)
            return heading.level <= 2 ? "\(words)\n\(String(repeating: "=", count: min(words.count, 70)))" : words
        case .paragraph(let words), .line(let words): return text(of: words)
        case .list(let start, let items):
            let lines = items.enumerated().map { index, item in
                indented(
                    item.map { text(of: $0) }.joined(separator: "\n"), with: start.map { "\($0 + index). " } ?? "- ")
            }
            return lines.joined(separator: "\n")
        case .quote(let blocks):
            return text(of: blocks).split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
        case .code(let text): return indented(text, with: "    ")
        case .table(let head, let rows):
            return ([head] + rows).map { $0.map { text(of: $0) }.joined(separator: " | ") }.joined(separator: "\n")
        case .rule: return "* * *"
        }
    }

    private static func text(of inlines: [Article.Inline]) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let words), .code(let words): words
            case .emphasis(let inner): text(of: inner)
            case .strong(let inner): "*\(text(of: inner))*"
            case .link(let link, let inner):
                text(of: inner) == link.shown ? link.shown : "\(text(of: inner)) <\(link.shown)>"
            case .lineBreak: "\n"
            }
        }.joined()
    }

    /// Puts the marker before the first line and indents the others.
    private static func indented(_ text: String, with sign: String) -> String {
        let space = String(repeating: " ", count: sign.count)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset == 0 ? sign + $0.element : $0.element.isEmpty ? "" : space + $0.element }
            .joined(separator: "\n")
    }
}

extension [Article.Block] {
    /// The blocks with absolute links to the site.
    package func reachable(at base: BaseURL) -> [Article.Block] { map { $0.reachable(at: base) } }
}

extension Article.Block {
    fileprivate func reachable(at base: BaseURL) -> Article.Block {
        switch self {
        case .heading(let heading): .heading(.init(level: heading.level, words: heading.words.reachable(at: base)))
        case .paragraph(let words): .paragraph(words.reachable(at: base))
        case .line(let words): .line(words.reachable(at: base))
        case .list(let start, let items): .list(start: start, items.map { $0.reachable(at: base) })
        case .quote(let blocks): .quote(blocks.reachable(at: base))
        case .table(let head, let rows):
            .table(
                head: head.map { $0.reachable(at: base) }, rows: rows.map { $0.map { $0.reachable(at: base) } })
        case .code, .rule: self
        }
    }
}

extension [Article.Inline] {
    fileprivate func reachable(at base: BaseURL) -> [Article.Inline] {
        map { inline in
            switch inline {
            case .emphasis(let inner): .emphasis(inner.reachable(at: base))
            case .strong(let inner): .strong(inner.reachable(at: base))
            case .link(.here(let path, let fragment), let inner):
                ExternalLink(base.origin + path.description + (fragment.map { "#" + $0 } ?? ""))
                    .map { .link(.elsewhere($0), inner.reachable(at: base)) } ?? inline
            case .link(let link, let inner): .link(link, inner.reachable(at: base))
            case .text, .code, .lineBreak: inline
            }
        }
    }
}
