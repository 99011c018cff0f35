import Forum

/// Builds an article from cmark's nodes; HTML markup becomes text, and images become their descriptions.
struct ArticleReader: MarkdownVisitor {
    private let values: ArticleValues
    /// The contents gathered for each open node; the first is the document.
    private var open = [Gathered()]

    private struct Gathered {
        var blocks: [Article.Block] = []
        var inlines: [Article.Inline] = []
        var items: [[Article.Block]] = []
        var cells: [[Article.Inline]] = []
        var head: [[Article.Inline]] = []
        var rows: [[[Article.Inline]]] = []
    }

    init(values: ArticleValues) { self.values = values }

    var blocks: [Article.Block] { open.first?.blocks ?? [] }

    mutating func enter(_ node: MarkdownNode) {
        switch node.kind {
        case .text, .htmlInline: add(values.filled(String(decoding: node.literal, as: UTF8.self)))
        case .softBreak: add([.text(" ")])
        case .lineBreak: add([.lineBreak])
        case .code: add([.code(plain(node))])
        case .codeBlock: add(.code(plain(node)))
        case .htmlBlock: add(.paragraph([.text(plain(node))]))
        case .thematicBreak: add(.rule)
        case .paragraph, .heading, .list, .item, .blockQuote, .strong, .emphasis, .strikethrough, .link, .image, .table,
            .tableHeader, .tableRow, .tableCell:
            open.append(Gathered())
        case .document, .unknown: break
        }
    }

    mutating func leave(_ node: MarkdownNode) {
        switch node.kind {
        case .paragraph:
            let inlines = close().inlines
            add(node.isTight ? .line(inlines) : .paragraph(inlines))
        case .heading: add(.heading(Article.Heading(level: node.headingLevel, words: close().inlines)))
        case .list: add(.list(start: node.isOrdered ? node.listStart : nil, close().items))
        case .item:
            let blocks = close().blocks
            change { $0.items.append(blocks) }
        case .blockQuote: add(.quote(close().blocks))
        case .strong: add([.strong(close().inlines)])
        case .emphasis: add([.emphasis(close().inlines)])
        case .strikethrough, .image: add(close().inlines)
        case .link:
            let inlines = close().inlines
            let link = ArticleLink(String(decoding: node.url, as: UTF8.self))
            add(link.map { [.link($0, inlines)] } ?? inlines)
        case .table:
            let table = close()
            add(.table(head: table.head, rows: table.rows))
        case .tableHeader:
            let cells = close().cells
            change { $0.head = cells }
        case .tableRow:
            let cells = close().cells
            change { $0.rows.append(cells) }
        case .tableCell:
            let inlines = close().inlines
            change { $0.cells.append(inlines) }
        case .text, .htmlInline, .softBreak, .lineBreak, .code, .codeBlock, .htmlBlock, .thematicBreak, .document,
            .unknown:
            break
        }
    }

    private func plain(_ node: MarkdownNode) -> String {
        values.filled(String(decoding: node.literal, as: UTF8.self)).plainText
    }

    private mutating func close() -> Gathered { open.popLast() ?? Gathered() }

    private mutating func change(_ body: (inout Gathered) -> Void) {
        guard !open.isEmpty else { return }
        body(&open[open.count - 1])
    }

    private mutating func add(_ block: Article.Block) { change { $0.blocks.append(block) } }
    private mutating func add(_ inlines: [Article.Inline]) { change { $0.inlines += inlines } }
}
