import CCmarkGFM

/// The cmark extensions that a text may need: attaching one costs more than searching for its characters.
struct MarkdownDialect {
    private let table: Bool
    let autolink: Bool
    private let strikethrough: Bool

    /// cmark pads short rows, so the number of cells grows as the square of the text: 12 million in 20,000 characters.
    private static let mostCells = 10_000

    // Pointers into cmark's registry. It is filled once, below, and never changed afterwards, so any thread may read it.
    private struct Known: @unchecked Sendable {
        let table, autolink, strikethrough: OpaquePointer?
    }

    private static let known: Known = {
        cmark_gfm_core_extensions_ensure_registered()
        return Known(
            table: cmark_find_syntax_extension("table"), autolink: cmark_find_syntax_extension("autolink"),
            strikethrough: cmark_find_syntax_extension("strikethrough"))
    }()

    init(for bytes: UnsafeBufferPointer<UInt8>) {
        var lines = 1
        var bars = 0
        var mostBars = 0
        var hasLink = false
        var hasTildes = false
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"):
                lines += 1
                mostBars = max(mostBars, bars)
                bars = 0
            case UInt8(ascii: "|"): bars += 1
            case UInt8(ascii: "~"): hasTildes = hasTildes || previous == byte
            case UInt8(ascii: "@"): hasLink = true
            case UInt8(ascii: "w"), UInt8(ascii: "W"): hasLink = hasLink || previous == byte
            case UInt8(ascii: "/"): hasLink = hasLink || previous == UInt8(ascii: ":") || previous == byte
            default: break
            }
            previous = byte
        }
        mostBars = max(mostBars, bars)
        table = mostBars > 0 && (mostBars + 1) * lines <= MarkdownDialect.mostCells
        autolink = hasLink
        strikethrough = hasTildes
    }

    func attach(to parser: OpaquePointer?) {
        let known = MarkdownDialect.known
        if table { cmark_parser_attach_syntax_extension(parser, known.table) }
        if autolink { cmark_parser_attach_syntax_extension(parser, known.autolink) }
        if strikethrough { cmark_parser_attach_syntax_extension(parser, known.strikethrough) }
    }
}
