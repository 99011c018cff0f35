extension PostBody {
    enum StoredBlock {
        case markdown(UnsafeBufferPointer<UInt8>)
        /// The index into the body's quotes.
        case quote(Int)
    }

    /// What there is too much of in the text or in a piece of it between quotes.
    var excess: MarkdownExcess? {
        var excess: MarkdownExcess?
        forEachBlock { block in
            if case .markdown(let text) = block { excess = excess ?? MarkdownCost.excess(in: text) }
        }
        return excess
    }

    /// The stored text cut at its quotes: a quote ends every block before it.
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
