import Forum

/// A text of the site, such as the policy or the page about cookies: parsed from Markdown once, rendered into each page.
package struct Article: Hashable, Sendable {
    package indirect enum Block: Hashable, Sendable {
        case heading(Heading)
        case paragraph([Inline])
        /// A list item's text, rendered without paragraph spacing.
        case line([Inline])
        /// - `start`: the first number; nil for an unordered list.
        case list(start: Int?, [[Block]])
        case quote([Block])
        case code(String)
        case table(head: [[Inline]], rows: [[[Inline]]])
        case rule
    }

    package indirect enum Inline: Hashable, Sendable {
        case text(String)
        case emphasis([Inline])
        case strong([Inline])
        case code(String)
        case link(ArticleLink, [Inline])
        case lineBreak
    }

    /// A heading with its link anchor: a clause's id, or one derived from its words.
    package struct Heading: Hashable, Sendable {
        package let level: Int
        package let anchor: String
        /// The clause's id that the heading began with.
        package let clause: String?
        package let words: [Inline]
    }

    /// The words of the first heading of level 1.
    package let title: String
    package let blocks: [Block]

    /// - Parameter values: the values of the text's placeholders.
    package init(_ markdown: String, filling values: ArticleValues = ArticleValues()) {
        var reader = ArticleReader(values: values)
        Markdown(markdown).walk(&reader)
        var blocks = reader.blocks
        var title = ""
        if case .heading(let heading)? = blocks.first, heading.level == 1 {
            title = heading.words.plainText
            blocks.removeFirst()
        }
        self.title = title
        self.blocks = blocks
    }

    package init(title: String, blocks: [Block]) {
        self.title = title
        self.blocks = blocks
    }

    /// The headings for the table of contents.
    package var sections: [Heading] {
        blocks.compactMap { block in
            if case .heading(let heading) = block, heading.level == 2 { heading } else { nil }
        }
    }
}

extension Article.Heading {
    /// - Parameter words: the heading's text, including a clause's id if it has one.
    package init(level: Int, words: [Article.Inline]) {
        let text = words.plainText
        if level == 3, let clause = Self.clause(beginning: text), case .text(let first)? = words.first {
            let rest = first.dropFirst(clause.count).trimmingPrefix { $0 == " " }
            self.init(level: level, anchor: clause, clause: clause, words: [.text(String(rest))] + words.dropFirst())
        } else {
            self.init(level: level, anchor: Slug(madeFrom: text)?.text ?? "avsnitt", clause: nil, words: words)
        }
    }

    /// Returns `P-01.1` for `P-01.1 Vad du godkänner`.
    private static func clause(beginning text: String) -> String? {
        let word = text.prefix { $0 != " " }
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 1, parts[0].allSatisfy({ ("A"..."Z").contains($0) }),
            parts[1].contains("."), parts[1].allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
        else { return nil }
        return String(word)
    }
}

extension [Article.Inline] {
    /// The text without markup; a link keeps its address, because it is part of the meaning.
    var plainText: String {
        map { inline in
            switch inline {
            case .text(let text), .code(let text): text
            case .emphasis(let inner), .strong(let inner): inner.plainText
            case .link(let link, let inner):
                inner.plainText == link.shown ? link.shown : "\(inner.plainText) (\(link.shown))"
            case .lineBreak: " "
            }
        }.joined()
    }
}
