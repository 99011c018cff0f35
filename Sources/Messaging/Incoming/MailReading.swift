/// What stands in a mail: texts, addresses and what was left, without any judgement. Made from hostile bytes by a process of its own
/// (`MailReader`), so nothing in it is believed but its form.
package struct MailReading: Codable, Hashable, Sendable {
    package struct Mailbox: Codable, Hashable, Sendable {
        var name: String?
        /// As it is written; perhaps none.
        var address: String
    }

    /// A field of the header, its encoded words decoded. With the mailboxes that it lists if it is of those that do.
    package struct Field: Codable, Hashable, Sendable {
        /// In small letters.
        var name: String
        var text: String
        var mailboxes: [Mailbox]?
    }

    /// A part that is no text, or says that it is a file.
    package enum LeftOut: String, Codable, Hashable, Sendable, CaseIterable {
        case picture, sound, film, document, calendar, message, other
    }

    var fields: [Field] = []
    /// `text/plain`, in small letters.
    var type = "text/plain"
    /// Of a `multipart/report`: what about.
    var reportType: String?
    /// Every text, in order, plain or made plain.
    var text = ""
    var leftOut: [LeftOut] = []
    /// The part of a delivery report that programs read.
    var deliveryStatus: String?

    /// Whether it is as large as the reader makes one at most. A reader that lies is stopped here.
    var isWithinBounds: Bool {
        fields.count <= MailBounds.fields && leftOut.count <= MailBounds.parts
            && text.unicodeScalars.count <= MailBounds.text + 2 * MailBounds.parts
            && (deliveryStatus ?? "").unicodeScalars.count <= MailBounds.deliveryStatus
            && fields.allSatisfy { field in
                field.name.utf8.count + field.text.utf8.count <= 4 * MailBounds.fieldBytes
                    && (field.mailboxes ?? []).count <= MailBounds.mailboxes
            }
    }

    /// All fields of a name, in order.
    func all(_ name: String) -> [Field] { fields.filter { $0.name == name } }

    /// The first field of a name: of two, readers show the first.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.text }
}

/// How much of a mail is read at most; each bound is far beyond what people write.
enum MailBounds {
    static let fields = 500
    static let fieldBytes = 16_384
    static let mailboxes = 50
    static let parts = 200
    static let depth = 20
    /// Of one part, decoded.
    static let partBytes = 16_777_216
    /// Of all texts together, in scalars.
    static let text = 200_000
    /// Of a delivery report's part for programs, in scalars.
    static let deliveryStatus = 100_000
    static let headBytes = 262_144
}
