internal import Events

extension Markdown {
    /// Whether a text shows anything once rendered: invisible characters, empty links and comments show nothing.
    package static func isVisible(_ text: String) -> Bool {
        var visitor = VisibilityVisitor()
        Markdown(text).walk(&visitor)
        return visitor.isVisible
    }
}

private struct VisibilityVisitor: MarkdownVisitor {
    private(set) var isVisible = false

    mutating func enter(_ node: MarkdownNode) {
        guard !isVisible else { return }
        switch node.kind {
        case .text, .code, .codeBlock: isVisible = TypedText.isVisible(String(decoding: node.literal, as: UTF8.self))
        case .htmlBlock, .htmlInline:
            let markup = String(decoding: node.literal, as: UTF8.self)
            isVisible = TypedText.isVisible(VisibilityVisitor.withoutComments(markup))
        case .link, .image: isVisible = !node.hasChildren && LinkTarget(node.url) != nil
        case .document, .blockQuote, .list, .item, .paragraph, .heading, .thematicBreak, .softBreak, .lineBreak,
            .emphasis, .strong, .strikethrough, .table, .tableRow, .tableHeader, .tableCell, .unknown:
            break
        }
    }

    mutating func leave(_ node: MarkdownNode) {}

    private static func withoutComments(_ markup: String) -> Substring {
        var shown = Substring()
        var rest = markup[...]
        while let start = rest.firstRange(of: "<!--") {
            guard let end = rest[start.upperBound...].firstRange(of: "-->") else { break }
            shown += rest[..<start.lowerBound]
            rest = rest[end.upperBound...]
        }
        return shown + rest
    }
}
