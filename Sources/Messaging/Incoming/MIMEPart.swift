import CGMime
import Foundation

/// A part of a mail, as GMime found it. Belongs to the message: not to be kept longer.
struct MIMEPart {
    private let part: OpaquePointer

    init(_ part: OpaquePointer) { self.part = part }

    /// `text/plain`, in small letters. What is no type stands for plain text (RFC 2045, 5.2).
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

    /// In small letters, without quotes that were never closed.
    func parameter(_ name: String) -> String? {
        cgmime_part_parameter(part, name).map { value in
            String(cString: value).filter { $0 != "\"" && $0 != "'" && !$0.isWhitespace }.lowercased()
        }
    }

    var isFile: Bool {
        cgmime_part_disposition(part).map { String(cString: $0).lowercased().hasPrefix("attachment") } ?? false
    }

    var isMultipart: Bool { cgmime_part_count(part) >= 0 }

    /// Of a multipart.
    var children: [MIMEPart] {
        (0..<max(cgmime_part_count(part), 0)).compactMap { cgmime_part_child(part, $0).map { MIMEPart($0) } }
    }

    /// What stands in a multipart before its first boundary; all of it when the boundary is not the one that was announced.
    var prologue: [UInt8] {
        guard let text = cgmime_part_prologue(part) else { return [] }
        return UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    }

    /// The message that a part of type `message/rfc822` is.
    var message: MIMEPart? { cgmime_part_message(part).map { MIMEPart($0) } }

    /// The bytes, decoded, up to a bound.
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
