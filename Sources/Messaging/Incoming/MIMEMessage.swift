import CGMime
import Foundation

/// A message parsed by GMime. Must outlive the use of its parts.
final class MIMEMessage {
    private let message: OpaquePointer

    init?(_ bytes: [UInt8]) {
        _ = MIMEMessage.isReady
        guard let message = bytes.withUnsafeBytes({ cgmime_parse($0.baseAddress, $0.count) }) else { return nil }
        self.message = message
    }

    private static let isReady: Void = cgmime_begin()

    deinit { cgmime_free(message) }

    var root: MIMEPart? { cgmime_root(message).map { MIMEPart($0) } }

    var fields: [MailReading.Field] {
        (0..<min(Int(cgmime_field_count(message)), MailBounds.fields)).compactMap { index in
            guard let name = cgmime_field_name(message, Int32(index)).map({ String(cString: $0).lowercased() }) else {
                return nil
            }
            let value = HeaderValue(cgmime_field_value(message, Int32(index)))
            let mailboxes = MIMEMessage.mailboxFields.contains(name) ? value.mailboxes : nil
            return MailReading.Field(name: name, text: value.decoded, mailboxes: mailboxes)
        }
    }

    private static let mailboxFields: Set = [
        "from", "sender", "reply-to", "return-path", "to", "cc", "delivered-to", "x-original-to", "envelope-to",
    ]
}

/// The value of a header field, unfolded, with its text and encoded words in UTF-8.
private struct HeaderValue {
    private let text: String

    init(_ raw: UnsafePointer<CChar>?) {
        let bytes = raw.map { UnsafeBufferPointer(start: $0, count: strnlen($0, MailBounds.fieldBytes)) }
        let unfolded = MailCharset.text((bytes.map { Array($0) } ?? []).map { UInt8(bitPattern: $0) }, named: nil)
            .replacing(/[\r\n]+/, with: "")
        text = EncodedWords.inUTF8(String(unfolded.drop { $0 == " " || $0 == "\t" }))
    }

    var decoded: String {
        guard let decoded = cgmime_decoded(text) else { return "" }
        defer { free(decoded) }
        return String(cString: decoded)
    }

    var mailboxes: [MailReading.Mailbox] {
        guard let list = cgmime_addresses_parse(text) else { return [] }
        defer { cgmime_addresses_free(list) }
        return (0..<min(cgmime_addresses_count(list), Int32(MailBounds.mailboxes))).compactMap { index in
            guard let address = cgmime_addresses_address(list, index) else { return nil }
            let name = cgmime_addresses_name(list, index).map { String(cString: $0) }
            return MailReading.Mailbox(name: name, address: String(cString: address))
        }
    }
}
