import CCmarkGFM
import Synchronization

/// A text parsed by cmark-gfm with tables, autolinks and strikethrough.
///
/// cmark only parses. Our own visitors write the output, so that a page contains only what they write. A text that exceeds a limit
/// (`MarkdownExcess`) is not parsed: it always becomes the same paragraphs of plain text.
package struct Markdown: ~Copyable {
    private let root: OpaquePointer?

    /// cmark-gfm marks its extensions' special characters in a process-wide table while it parses, so only one parse may run at a time.
    private static let parsing = Mutex(())

    /// The limit that a text exceeds; nil when it is read as Markdown. New texts that exceed a limit are refused.
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

    /// Leaves the node's ancestors until one has a sibling. Iterative, because hostile texts nest thousands of levels deep.
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
        // The tree may leave the lock: only this parse refers to it.
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

/// Visits the nodes of a text in document order, on entering and on leaving each.
package protocol MarkdownVisitor {
    mutating func enter(_ node: MarkdownNode)
    mutating func leave(_ node: MarkdownNode)
}
