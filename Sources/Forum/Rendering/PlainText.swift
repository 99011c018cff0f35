/// The words of a body without markup or quotes, on one line: for search and excerpts. Mentions are placeholders.
package struct PlainText: Hashable, Sendable {
    package enum Segment: Hashable, Sendable {
        case text(String)
        /// The index into the body's mentions.
        case mention(Int)
    }

    /// The form stored in views: text with `Placeholder`s.
    package let stored: String

    init(plain: String) { stored = plain }

    /// Reads the value of `stored` back from a view.
    package init(keptInView stored: String) { self.stored = stored }

    package init(of body: PostBody) {
        var visitor = PlainTextVisitor(mentions: body.mentions.count)
        body.forEachBlock { block in
            switch block {
            case .markdown(let text): Markdown(text).walk(&visitor)
            case .quote: break
            }
        }
        self = visitor.text
    }

    package var segments: [Segment] {
        var segments: [Segment] = []
        stored.scanPlaceholders {
            segments.append(.text($0))
        } placeholder: { placeholder, _ in
            if case .mention(let index) = placeholder { segments.append(.mention(index)) }
        }
        return segments
    }

    /// The words without the mentions, as stored in the search index.
    package var words: String { text { _ in "" } }

    package func text(mention: (Int) -> String) -> String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .text(let words): text += words
            case .mention(let index): text += mention(index)
            }
        }
    }

    /// At most `characters` characters, cut at a space where possible, with an ellipsis when text is left out.
    package func excerpt(_ characters: Int) -> PlainText {
        guard let end = stored.index(stored.startIndex, offsetBy: characters, limitedBy: stored.endIndex),
            end < stored.endIndex
        else { return self }
        let cut = stored[..<end]
        let whole = stored[end] == " " ? cut : cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
        return PlainText(plain: whole + "…")
    }
}

struct PlainTextVisitor: MarkdownVisitor {
    private var plain: [UInt8] = []
    private let mentions: Int

    init(mentions: Int) { self.mentions = mentions }

    var text: PlainText {
        var end = plain.count
        while end > 0, plain[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return PlainText(plain: String(decoding: plain[..<end], as: UTF8.self))
    }

    mutating func enter(_ node: MarkdownNode) {
        switch node.kind {
        case .text, .code, .codeBlock, .htmlBlock, .htmlInline: append(node.literal)
        case .softBreak, .lineBreak, .paragraph, .heading, .item, .tableCell, .tableRow, .tableHeader, .thematicBreak:
            space()
        case .document, .blockQuote, .list, .emphasis, .strong, .link, .image, .strikethrough, .table, .unknown: break
        }
    }

    mutating func leave(_ node: MarkdownNode) {
        switch node.kind {
        case .paragraph, .heading, .tableCell, .codeBlock, .htmlBlock: space()
        case .document, .blockQuote, .list, .item, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline,
            .emphasis, .strong, .link, .image, .strikethrough, .table, .tableRow, .tableHeader, .unknown:
            break
        }
    }

    private mutating func append(_ literal: UnsafeBufferPointer<UInt8>) {
        Placeholder.scan(literal) { run in
            for byte in run { byte <= 0x20 ? space() : plain.append(byte) }
        } placeholder: { placeholder, _ in
            if case .mention(let index) = placeholder, index < mentions { plain.append(contentsOf: placeholder.bytes) }
        }
    }

    private mutating func space() {
        if let last = plain.last, last != UInt8(ascii: " ") { plain.append(UInt8(ascii: " ")) }
    }
}
