extension PostBody {
    enum StoredBlock {
        case markdown(UnsafeBufferPointer<UInt8>)
        /// The index into the body's quotes.
        case quote(Int)
    }

    /// The limit that the text, or a part of it between quotes, exceeds; nil when there is none.
    var excess: MarkdownExcess? {
        var excess: MarkdownExcess?
        forEachBlock { block in
            if case .markdown(let text) = block { excess = excess ?? MarkdownCost.excess(in: text) }
        }
        return excess
    }

    /// Calls `body` for each part of the stored text, split at its quotes: a quote ends every open block.
    func forEachBlock(_ body: (StoredBlock) -> Void) {
        var text = stored
        text.withUTF8 { bytes in
            guard !quotes.isEmpty else { return body(.markdown(bytes)) }
            var start = 0
            func markdown(to end: Int) {
                if start < end { body(.markdown(UnsafeBufferPointer(rebasing: bytes[start..<end]))) }
            }
            Placeholder.scan(bytes, run: { _ in }) { placeholder, range in
                guard case .quote(let index) = placeholder else { return }
                markdown(to: range.lowerBound)
                if quotes.indices.contains(index) { body(.quote(index)) }
                start = range.upperBound
            }
            markdown(to: bytes.count)
        }
    }
}
