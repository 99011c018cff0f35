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
            element(.pre, .focusable) { $0.element(.code, text: text) }
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
        let number = start == 1 ? nil : start
        element(start == nil ? .ul : .ol, number.map(Attribute.start)) { html in
            for item in items { html.li { html in for block in item { html.block(block) } } }
        }
    }

    private mutating func write(_ head: [[Article.Inline]], _ rows: [[[Article.Inline]]]) {
        element(.table) { html in
            html.element(.thead) { html in
                html.element(.tr) { html in
                    for cell in head { html.element(.th, .scope("col")) { $0.inlines(cell) } }
                }
            }
            html.element(.tbody) { html in
                for row in rows {
                    html.element(.tr) { html in
                        for cell in row { html.element(.td) { $0.inlines(cell) } }
                    }
                }
            }
        }
    }

    private mutating func write(_ inline: Article.Inline) {
        switch inline {
        case .text(let words): text(words)
        case .emphasis(let inner): element(.em) { $0.inlines(inner) }
        case .strong(let inner): element(.strong) { $0.inlines(inner) }
        case .code(let words): element(.code, text: words)
        case .link(.elsewhere(let link), let inner):
            element(.a, .href(link), .rel("nofollow noopener noreferrer")) { $0.inlines(inner) }
        case .link(.here(let path, let fragment), let inner):
            element(.a, .href(path, fragment: fragment)) { $0.inlines(inner) }
        case .link(.within(let fragment), let inner):
            element(.a, .href(fragment: fragment)) { $0.inlines(inner) }
        case .lineBreak: lineBreak()
        }
    }
}
