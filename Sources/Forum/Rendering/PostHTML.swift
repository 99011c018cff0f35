/// Renders bodies as HTML. Deterministic: equal bodies give equal HTML.
package enum PostHTML {
    package static func render(_ body: PostBody) -> RenderedBody {
        var visitor = HTMLVisitor(reserving: body.length * 2 + 64, mentions: body.mentions.count)
        body.forEachBlock { block in
            switch block {
            case .markdown(let text): Markdown(text).walk(&visitor)
            case .quote(let index): visitor.gap(.quote(index))
            }
        }
        return RenderedBody(rendered: visitor.html.text)
    }
}

/// Renders the quoted part of a body.
package enum QuoteText {
    /// Renders bytes `from..<to` of the stored body, narrowed to whole characters. Nested quotes are left out; mentions are placeholders
    /// with indices into the source's mentions.
    package static func render(_ source: PostBody, from: Int, to: Int) -> RenderedBody {
        var text = source.stored
        let piece = text.withUTF8 { bytes in
            QuoteText.range(from, to, in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
        }
        let body = PostBody(stored: piece, mentions: source.mentions, quotes: source.quotes)
        var visitor = HTMLVisitor(reserving: body.length * 2 + 64, mentions: body.mentions.count)
        body.forEachBlock { block in
            switch block {
            case .markdown(let text): Markdown(text).walk(&visitor)
            case .quote: break
            }
        }
        return RenderedBody(rendered: visitor.html.text)
    }

    private static func range(_ from: Int, _ to: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var from = min(max(from, 0), bytes.count)
        var to = min(max(to, 0), bytes.count)
        while from < bytes.count, bytes[from] & 0xC0 == 0x80 { from += 1 }
        while to > 0, to < bytes.count, bytes[to] & 0xC0 == 0x80 { to -= 1 }
        Placeholder.scan(bytes, run: { _ in }) { _, place in
            if from > place.lowerBound, from < place.upperBound { from = place.upperBound }
            if to > place.lowerBound, to < place.upperBound { to = place.lowerBound }
        }
        return from < to ? from..<to : nil
    }
}
