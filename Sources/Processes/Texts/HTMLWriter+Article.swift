package import HTML

extension HTMLWriter {
    /// Writes the text without its title, which is the page's `h1`.
    package mutating func article(_ article: Article) {
        element(.div, class: "prose") { html in
            for block in article.blocks { html.block(block) }
        }
    }

    /// Writes links to the sections of a long text.
    package mutating func contents(of article: Article) {
        element(.nav, class: "contents", .labelledBy("toc")) { html in
            html.h2("Innehåll", id: "toc")
            html.element(.ol) { html in
                for section in article.sections {
                    html.li { $0.element(.a, .href(fragment: section.anchor), text: section.words.plainText) }
                }
            }
        }
    }

    package mutating func inlines(_ inlines: [Article.Inline]) {
        for inline in inlines { write(inline) }
    }

    private mutating func block(_ block: Article.Block) {
        switch block {
        case .heading(let heading): write(heading)
        case .paragraph(let words): element(.p) { $0.inlines(words) }
        case .line(let words): inlines(words)
        case .list(let start, let items): list(items, from: start)
        case .quote(let blocks): element(.blockquote) { html in for block in blocks { html.block(block) } }
        case .code(let text):
            raw("<pre tabindex=\"0\">")
            element(.code, text: text)
            raw("</pre>")
        case .table(let head, let rows): write(head, rows)
        case .rule: element(.hr) { _ in }
        }
    }

    private mutating func write(_ heading: Article.Heading) {
        let content: (inout HTMLWriter) -> Void = { html in
            if let clause = heading.clause {
                html.element(.a, class: "clause", .href(fragment: heading.anchor), text: clause)
            }
            html.inlines(heading.words)
        }
        switch heading.level {
        case ...2: element(.h2, .id(heading.anchor), content: content)
        case 3: element(.h3, .id(heading.anchor), content: content)
        default: element(.h4, .id(heading.anchor), content: content)
        }
    }

    private mutating func list(_ items: [[Article.Block]], from start: Int?) {
        switch start {
        case nil: raw("<ul>")
        case 1?: raw("<ol>")
        case let number?:
            raw("<ol start=\"")
            digits(number)
            raw("\">")
        }
        for item in items { li { html in for block in item { html.block(block) } } }
        raw(start == nil ? "</ul>" : "</ol>")
    }

    private mutating func write(_ head: [[Article.Inline]], _ rows: [[[Article.Inline]]]) {
        raw("<table><thead><tr>")
        for cell in head { element(.th, .scope("col")) { $0.inlines(cell) } }
        raw("</tr></thead><tbody>")
        for row in rows {
            raw("<tr>")
            for cell in row { element(.td) { $0.inlines(cell) } }
            raw("</tr>")
        }
        raw("</tbody></table>")
    }

    private mutating func write(_ inline: Article.Inline) {
        switch inline {
        case .text(let words): text(words)
        case .emphasis(let inner): element(.em) { $0.inlines(inner) }
        case .strong(let inner): element(.strong) { $0.inlines(inner) }
        case .code(let words): element(.code, text: words)
        case .link(.elsewhere(let link), let inner):
            element(.a, .href(link), .rel("nofollow noopener noreferrer")) { $0.inlines(inner) }
        case .link(let link, let inner):
            raw("<a href=\"")
            text(link.address)
            raw("\">")
            inlines(inner)
            raw("</a>")
        case .lineBreak: raw("<br>")
        }
    }
}
