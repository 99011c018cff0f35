import CCmarkGFM

/// Builds the tree of a text that is not parsed: only paragraphs and lines.
enum PlainTree {
    static func make(of bytes: UnsafeBufferPointer<UInt8>) -> OpaquePointer? {
        let document = cmark_node_new(CMARK_NODE_DOCUMENT)
        var paragraph: OpaquePointer?
        var line: [CChar] = []
        func endLine() {
            defer { line.removeAll(keepingCapacity: true) }
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else {
                paragraph = nil
                return
            }
            if paragraph == nil {
                paragraph = append(CMARK_NODE_PARAGRAPH, to: document)
            } else {
                append(CMARK_NODE_SOFTBREAK, to: paragraph)
            }
            line.append(0)
            cmark_node_set_literal(append(CMARK_NODE_TEXT, to: paragraph), line)
        }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): endLine()
            // NUL would end the C string.
            case 0: break
            case _: line.append(CChar(bitPattern: byte))
            }
        }
        endLine()
        return document
    }

    @discardableResult
    private static func append(_ kind: cmark_node_type, to parent: OpaquePointer?) -> OpaquePointer? {
        let node = cmark_node_new(kind)
        cmark_node_append_child(parent, node)
        return node
    }
}
