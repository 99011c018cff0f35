/// Writes cmark's tree as HTML: no raw HTML, no images, no ids, no heading above `h3`.
struct HTMLVisitor: MarkdownVisitor {
    private(set) var html: HTMLBytes
    private let mentions: Int
    private var blockDepth = 0
    private var inlineDepth = 0
    /// For each open link and image, whether it was written as a link.
    private var links: [Bool] = []
    private var openLinks = 0
    private var columns: [MarkdownNode.Alignment] = []
    private var column = 0
    private var rows = 0
    private var inHeader = false

    /// Quotes, lists and emphases nested deeper than this are written without tags.
    private static let deepest = 12

    /// - Parameter mentions: number of mentions in the body.
    init(reserving capacity: Int, mentions: Int) {
        html = HTMLBytes(reserving: capacity)
        self.mentions = mentions
    }

    mutating func enter(_ node: MarkdownNode) {
        switch node.kind {
        case .text: text(node.literal)
        case .paragraph: if !node.isTight { html.tag("<p>") }
        case .softBreak, .lineBreak: html.tag(isInLink ? "\n" : "<br>\n")
        case .strong: inline("<strong>")
        case .emphasis: inline("<em>")
        case .strikethrough: inline("<del>")
        case .link, .image: open(node)
        case .code: code(node.literal)
        case .codeBlock:
            // A wide block scrolls sideways: the keyboard must reach it.
            html.tag("<pre tabindex=\"0\"><code>")
            html.escaped(node.literal)
            html.tag("</code></pre>\n")
        case .blockQuote: block("<blockquote>\n")
        case .list:
            blockDepth += 1
            if blockDepth <= HTMLVisitor.deepest { list(node) }
        case .item: if blockDepth <= HTMLVisitor.deepest { html.tag("<li>") }
        case .heading: html.tag(HTMLVisitor.heading(node.headingLevel).open)
        case .thematicBreak: html.tag("<hr>\n")
        case .htmlBlock:
            html.tag("<p>")
            html.escaped(node.literal)
            html.tag("</p>\n")
        case .htmlInline: html.escaped(node.literal)
        case .table:
            columns = node.alignments
            rows = 0
            html.tag("<table>\n")
        case .tableHeader: row("<thead>\n<tr>", isHeader: true)
        case .tableRow:
            row(rows == 0 ? "<tbody>\n<tr>" : "<tr>", isHeader: false)
            rows += 1
        case .tableCell: cell()
        case .document, .unknown: break
        }
    }

    mutating func leave(_ node: MarkdownNode) {
        switch node.kind {
        case .paragraph: if !node.isTight { html.tag("</p>\n") } else if !node.isLast { html.tag("\n") }
        case .strong: endInline("</strong>")
        case .emphasis: endInline("</em>")
        case .strikethrough: endInline("</del>")
        case .link, .image: endLink()
        case .blockQuote: endBlock("</blockquote>\n")
        case .list: endBlock(node.isOrdered ? "</ol>\n" : "</ul>\n")
        case .item: if blockDepth <= HTMLVisitor.deepest { html.tag("</li>\n") }
        case .heading: html.tag(HTMLVisitor.heading(node.headingLevel).close)
        case .table: html.tag(rows > 0 ? "</tbody>\n</table>\n" : "</table>\n")
        case .tableHeader: html.tag("</tr>\n</thead>\n")
        case .tableRow: html.tag("</tr>\n")
        case .tableCell: html.tag(inHeader ? "</th>" : "</td>")
        case .text, .softBreak, .lineBreak, .code, .codeBlock, .thematicBreak, .htmlBlock, .htmlInline, .document,
            .unknown:
            break
        }
    }

    /// Writes a placeholder between two blocks.
    mutating func gap(_ placeholder: Placeholder) { html.placeholder(placeholder) }

    private var isInLink: Bool { openLinks > 0 }

    /// A mention stays a placeholder, which the page fills in. Inside a link it is dropped: it would be a link within a link.
    private mutating func text(_ literal: UnsafeBufferPointer<UInt8>) {
        Placeholder.scan(literal, run: { html.escaped($0) }) { placeholder, _ in
            if case .mention(let index) = placeholder, index < mentions, !isInLink { html.placeholder(placeholder) }
        }
    }

    private mutating func code(_ literal: UnsafeBufferPointer<UInt8>) {
        html.tag("<code>")
        html.escaped(literal)
        html.tag("</code>")
    }

    /// An image becomes a link with its alternative text: our pages load nothing from other sites (P-02.1).
    private mutating func open(_ node: MarkdownNode) {
        let url = node.url
        let target = isInLink ? nil : LinkTarget(url)
        links.append(target != nil)
        openLinks += target != nil ? 1 : 0
        switch target {
        case nil: break
        case .here: openAnchor(url, then: "\">")
        case .elsewhere: openAnchor(url, then: "\" rel=\"ugc nofollow noopener noreferrer\">")
        }
        if !node.hasChildren { html.escaped(url) }
    }

    private mutating func endLink() {
        guard links.popLast() == true else { return }
        openLinks -= 1
        html.tag("</a>")
    }

    private mutating func openAnchor(_ url: UnsafeBufferPointer<UInt8>, then end: StaticString) {
        html.tag("<a href=\"")
        html.url(url)
        html.tag(end)
    }

    private mutating func list(_ node: MarkdownNode) {
        guard node.isOrdered else { return html.tag("<ul>\n") }
        guard node.listStart != 1 else { return html.tag("<ol>\n") }
        html.tag("<ol start=\"")
        html.number(node.listStart)
        html.tag("\">\n")
    }

    private mutating func row(_ tags: StaticString, isHeader: Bool) {
        html.tag(tags)
        inHeader = isHeader
        column = 0
    }

    private mutating func cell() {
        html.tag(inHeader ? "<th" : "<td")
        switch columns.indices.contains(column) ? columns[column] : .none {
        case .none: break
        case .left: html.tag(" class=\"left\"")
        case .center: html.tag(" class=\"center\"")
        case .right: html.tag(" class=\"right\"")
        }
        html.tag(">")
        column += 1
    }

    private mutating func inline(_ tag: StaticString) {
        inlineDepth += 1
        if inlineDepth <= HTMLVisitor.deepest { html.tag(tag) }
    }

    private mutating func endInline(_ tag: StaticString) {
        if inlineDepth <= HTMLVisitor.deepest { html.tag(tag) }
        inlineDepth -= 1
    }

    private mutating func block(_ tag: StaticString) {
        blockDepth += 1
        if blockDepth <= HTMLVisitor.deepest { html.tag(tag) }
    }

    private mutating func endBlock(_ tag: StaticString) {
        if blockDepth <= HTMLVisitor.deepest { html.tag(tag) }
        blockDepth -= 1
    }

    /// The page has `h1`, each post may have `h2`.
    private static func heading(_ level: Int) -> (open: StaticString, close: StaticString) {
        switch level {
        case ...1: ("<h3>", "</h3>\n")
        case 2: ("<h4>", "</h4>\n")
        case 3: ("<h5>", "</h5>\n")
        case _: ("<h6>", "</h6>\n")
        }
    }
}
