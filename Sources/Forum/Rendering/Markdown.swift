import CCmarkGFM
import Synchronization

/// A text parsed by cmark-gfm with tables, autolinks and strikethrough.
///
/// cmark only parses. What it made of the text is written out by our own visitors, so that nothing gets into a page that they do not write.
/// A text with too much in it (`MarkdownExcess`) is not parsed: it becomes paragraphs of plain text, and the same ones each time.
package struct Markdown: ~Copyable {
    private let root: OpaquePointer?

    /// cmark-gfm marks the special characters of its extensions in a table of the whole process while it parses:
    /// two parses at the same time would disturb each other.
    private static let parsing = Mutex(())

    /// Nil for a text that will be read as Markdown. What somebody writes is refused otherwise.
    package static func excess(in text: String) -> MarkdownExcess? {
        var text = text
        return text.withUTF8 { MarkdownCost.excess(in: $0) }
    }

    package init(_ text: String) {
        var text = text
        root = text.withUTF8 { Markdown.parse($0) }
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>) { root = Markdown.parse(bytes) }

    deinit { if let root { cmark_node_free(root) } }

    package func walk(_ visitor: inout some MarkdownVisitor) {
        var next = root
        while let current = next {
            let node = MarkdownNode(pointer: current)
            visitor.enter(node)
            if let child = cmark_node_first_child(current) {
                next = child
                continue
            }
            visitor.leave(node)
            next = Markdown.following(current, &visitor)
        }
    }

    /// Leaves the node's ancestors until one has a sibling. Iterative: hostile texts nest by the thousand.
    private static func following(_ node: OpaquePointer, _ visitor: inout some MarkdownVisitor) -> OpaquePointer? {
        var node = node
        while true {
            if let sibling = cmark_node_next(node) { return sibling }
            guard let parent = cmark_node_parent(node) else { return nil }
            visitor.leave(MarkdownNode(pointer: parent))
            node = parent
        }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> OpaquePointer? {
        guard MarkdownCost.excess(in: bytes) == nil else { return PlainTree.make(of: bytes) }
        let wanted = MarkdownDialect(for: bytes)
        // The tree leaves the lock: it is this parse's alone.
        nonisolated(unsafe) var root: OpaquePointer?
        parsing.withLock { _ in
            let parser = cmark_parser_new_with_mem(
                CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE, GuardedMemory.functions)
            wanted.attach(to: parser)
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
            root = cmark_parser_finish(parser)
            cmark_parser_free(parser)
        }
        if wanted.autolink { Autolinks.trim(in: root) }
        return root
    }
}

/// Is led through the nodes of a text, in and out of each.
package protocol MarkdownVisitor {
    mutating func enter(_ node: MarkdownNode)
    mutating func leave(_ node: MarkdownNode)
}
