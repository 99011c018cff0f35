import CCmarkGFM
import Foundation

/// A node of cmark's tree. Valid only during the lifetime of its `Markdown`.
package struct MarkdownNode {
    let pointer: OpaquePointer

    package enum Kind {
        case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
        case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, link, image
        case strikethrough, table, tableRow, tableHeader, tableCell
        case unknown
    }

    package var kind: Kind {
        switch cmark_node_get_type(pointer) {
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_BLOCK_QUOTE: .blockQuote
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK: .htmlBlock
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
        case CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_IMAGE: .image
        case _: extensionKind
        }
    }

    /// cmark numbers the node types of extensions at run time; their names are fixed.
    private var extensionKind: Kind {
        switch String(cString: cmark_node_get_type_string(pointer)) {
        case "strikethrough": .strikethrough
        case "table": .table
        case "table_row": .tableRow
        case "table_header": .tableHeader
        case "table_cell": .tableCell
        case _: .unknown
        }
    }

    package var literal: UnsafeBufferPointer<UInt8> { MarkdownNode.bytes(cmark_node_get_literal(pointer)) }
    package var url: UnsafeBufferPointer<UInt8> { MarkdownNode.bytes(cmark_node_get_url(pointer)) }
    package var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
    package var isOrdered: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
    package var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
    var hasChildren: Bool { cmark_node_first_child(pointer) != nil }

    /// Whether it is a paragraph in a tight list (no blank lines), shown without vertical space around it.
    package var isTight: Bool {
        guard let parent = cmark_node_parent(pointer), let list = cmark_node_parent(parent) else { return false }
        return cmark_node_get_list_tight(list) != 0
    }

    var isLast: Bool { cmark_node_next(pointer) == nil }

    enum Alignment { case none, left, center, right }

    /// The alignment of each column of a table.
    var alignments: [Alignment] {
        let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
        guard let letters = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
        return UnsafeBufferPointer(start: letters, count: count).map { letter in
            switch letter {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            case _: .none
            }
        }
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
        guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
        let raw = UnsafeRawBufferPointer(start: text, count: strlen(text))
        return raw.assumingMemoryBound(to: UInt8.self)
    }
}
