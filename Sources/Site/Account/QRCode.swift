import CQRencode
import HTML

/// A text as a QR code (ISO 18004), drawn as one SVG path inline in the page, so that it needs no request and no script.
struct QRCode: Sendable {
    /// The number of modules on a side, without the quiet zone.
    let size: Int
    /// The modules row by row; true is dark.
    let modules: [Bool]

    /// Nil when the text does not fit any QR code.
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
    /// Always dark on light, whatever the page's colour scheme: scanners expect it.
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
