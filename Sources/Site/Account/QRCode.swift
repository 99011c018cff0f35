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
    mutating func qrCode(_ code: QRCode, label: String) { modules(code.modules, size: code.size, label: label) }
}
