import CQRencode
import HTML

/// A text as a QR code (ISO 18004), drawn as one path of an SVG inside the page: nothing is loaded, and no script is needed.
struct QRCode: Sendable {
    /// Modules on a side, without the quiet zone.
    let size: Int
    /// Row by row, true for dark.
    let modules: [Bool]

    /// Nil when the text is too long for any code.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        self.size = size
        modules = (0..<size * size).map { data[$0] & 1 == 1 }
    }
}

extension HTMLWriter {
    /// Dark on light whatever the page's colours are: readers expect it.
    mutating func qrCode(_ code: QRCode, label: String) {
        let quiet = 4
        raw("<svg width=\"240\" height=\"240\" role=\"img\" shape-rendering=\"crispEdges\" viewBox=\"0 0 ")
        digits(code.size + 2 * quiet)
        raw(" ")
        digits(code.size + 2 * quiet)
        raw("\" aria-label=\"")
        text(label)
        raw("\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"")
        for row in 0..<code.size {
            var column = 0
            while column < code.size {
                guard code.modules[row * code.size + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < code.size, code.modules[row * code.size + column] { column += 1 }
                raw("M")
                digits(start + quiet)
                raw(" ")
                digits(row + quiet)
                raw("h")
                digits(column - start)
                raw("v1h-")
                digits(column - start)
                raw("z")
            }
        }
        raw("\"/></svg>")
    }
}
