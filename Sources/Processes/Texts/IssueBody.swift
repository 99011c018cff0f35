package import Forum
package import HTML

/// An issue's Markdown, split into the site's own text and advertisements. An advertisement is enclosed by the lines `:::annons` and `:::`,
/// so that its end cannot be forgotten.
package struct IssueBody: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case text([Article.Block])
        case advertisement([Article.Block])
    }

    package enum Problem: Error, Hashable, Sendable {
        case tooMuch(MarkdownExcess)
        /// The line number on which it begins.
        case notEnded(line: Int)
        case withinAnother(line: Int)
        case endedWithoutBeginning(line: Int)
        case empty(line: Int)
    }

    package let parts: [Part]

    /// Parses a text written by staff, and refuses one that is too complex to be read as Markdown.
    package init(written markdown: String) throws(Problem) {
        if let excess = Markdown.excess(in: markdown) { throw .tooMuch(excess) }
        try self.init(markdown)
    }

    package init(_ markdown: String) throws(Problem) {
        var parts: [Part] = []
        var gathered: [Substring] = []
        var begun: Int?
        let lines = markdown.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            switch (line.lowercased().filter { !$0.isWhitespace }, begun) {
            case (":::annons", nil):
                IssueBody.add(gathered, to: &parts)
                (gathered, begun) = ([], index + 1)
            case (":::annons", _?): throw .withinAnother(line: index + 1)
            case (":::", let start?):
                let blocks = IssueBody.blocks(of: gathered)
                guard !blocks.isEmpty else { throw .empty(line: start) }
                parts.append(.advertisement(blocks))
                (gathered, begun) = ([], nil)
            case (":::", nil): throw .endedWithoutBeginning(line: index + 1)
            case _: gathered.append(line)
            }
        }
        if let begun { throw .notEnded(line: begun) }
        IssueBody.add(gathered, to: &parts)
        self.parts = parts
    }

    private static func add(_ lines: [Substring], to parts: inout [Part]) {
        let blocks = blocks(of: lines)
        if !blocks.isEmpty { parts.append(.text(blocks)) }
    }

    private static func blocks(of lines: [Substring]) -> [Article.Block] {
        let article = Article(lines.joined(separator: "\n"))
        // The issue's title is its subject, so a first heading in the text becomes an ordinary one.
        guard !article.title.isEmpty else { return article.blocks }
        return [.heading(.init(level: 2, words: [.text(article.title)]))] + article.blocks
    }
}

extension HTMLWriter {
    /// - Parameter label: the label of advertisements by the policy in force (P-09.2).
    package mutating func issue(_ body: IssueBody, label: String) {
        for part in body.parts {
            switch part {
            case .text(let blocks): article(Article(title: "", blocks: blocks))
            case .advertisement(let blocks):
                element(.aside, class: "advertisement", .label(label)) { html in
                    html.p(class: "meta") { $0.element(.strong, text: label) }
                    html.article(Article(title: "", blocks: blocks))
                }
            }
        }
    }
}
