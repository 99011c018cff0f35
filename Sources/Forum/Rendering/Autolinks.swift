import CCmarkGFM
internal import Events

/// Trims links that cmark detected in running text, so that the rest of the sentence is not part of the link (`TypedLink`).
enum Autolinks {
    /// - Parameter root: root of a tree whose nodes were allocated with `GuardedMemory`.
    static func trim(in root: OpaquePointer?) {
        for link in links(in: root) { trim(link) }
    }

    private static func links(in root: OpaquePointer?) -> [OpaquePointer] {
        var links: [OpaquePointer] = []
        guard let walk = cmark_iter_new(root) else { return [] }
        defer { cmark_iter_free(walk) }
        while true {
            let event = cmark_iter_next(walk)
            if event == CMARK_EVENT_DONE { return links }
            let node = cmark_iter_get_node(walk)
            if event == CMARK_EVENT_ENTER, let node, cmark_node_get_type(node) == CMARK_NODE_LINK { links.append(node) }
        }
    }

    private static func trim(_ link: OpaquePointer) {
        guard let child = cmark_node_first_child(link), cmark_node_next(child) == nil,
            cmark_node_get_type(child) == CMARK_NODE_TEXT, let literal = cmark_node_get_literal(child),
            let url = cmark_node_get_url(link)
        else { return }
        let (shown, address) = (String(cString: literal), String(cString: url))
        // Anything else is a link written with its own text, or an e-mail address.
        guard address == shown || address == "http://" + shown else { return }
        let kept = TypedLink.address(at: shown[...])
        let rest = shown[kept.endIndex...]
        guard !kept.isEmpty, !rest.isEmpty else { return }
        cmark_node_set_url(link, String(address.dropLast(rest.count)))
        cmark_node_set_literal(child, String(kept))
        let words = cmark_node_new_with_mem(CMARK_NODE_TEXT, GuardedMemory.functions)
        cmark_node_set_literal(words, String(rest))
        cmark_node_insert_after(link, words)
    }
}
