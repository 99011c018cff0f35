import CGMime
import Foundation

/// A part of a message parsed by GMime. Valid only while its `MIMEMessage` exists.
struct MIMEPart {
    private let part: OpaquePointer

    init(_ part: OpaquePointer) { self.part = part }

    /// The media type in lower case; an invalid one counts as `text/plain` (RFC 2045, 5.2).
    var type: String {
        if let header = cgmime_part_field(part, "Content-Type").map({ String(cString: $0) }),
            header.prefixMatch(of: /\s*[A-Za-z0-9.+_-]+\s*\/\s*[A-Za-z0-9.+_-]+/) == nil
        {
            return "text/plain"
        }
        guard let type = cgmime_part_type(part) else { return "text/plain" }
        defer { free(type) }
        return String(cString: type).lowercased()
    }

    /// In lower case, without quotes and whitespace.
    func parameter(_ name: String) -> String? {
        cgmime_part_parameter(part, name).map { value in
            String(cString: value).filter { $0 != "\"" && $0 != "'" && !$0.isWhitespace }.lowercased()
        }
    }

    var isFile: Bool {
        cgmime_part_disposition(part).map { String(cString: $0).lowercased().hasPrefix("attachment") } ?? false
    }

    var isMultipart: Bool { cgmime_part_count(part) >= 0 }

    /// The children of a multipart; otherwise empty.
    var children: [MIMEPart] {
        (0..<max(cgmime_part_count(part), 0)).compactMap { cgmime_part_child(part, $0).map { MIMEPart($0) } }
    }

    /// The text before a multipart's first boundary; the whole body if the announced boundary never occurs.
    var prologue: [UInt8] {
        guard let text = cgmime_part_prologue(part) else { return [] }
        return UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    }

    /// The message inside a `message/rfc822` part.
    var message: MIMEPart? { cgmime_part_message(part).map { MIMEPart($0) } }

    /// The decoded bytes, at most `MailBounds.partBytes` before decoding.
    var content: [UInt8] {
        var (count, encoding) = (0, CGMIME_AS_IT_IS)
        guard let bytes = cgmime_part_content(part, &count, &encoding) else { return [] }
        defer { free(bytes) }
        let raw = UnsafeRawBufferPointer(start: bytes, count: min(count, MailBounds.partBytes))
        switch encoding {
        case CGMIME_BASE64: return TransferEncoding.base64(raw)
        case CGMIME_QUOTED_PRINTABLE: return TransferEncoding.quotedPrintable(raw)
        case _: return Array(raw)
        }
    }
}
