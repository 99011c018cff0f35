extension PostBody {
    enum StoredBlock {
        case markdown(UnsafeBufferPointer<UInt8>)
        /// The index into the body's quotes.
        case quote(Int)
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
