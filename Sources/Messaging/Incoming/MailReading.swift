/// The contents of a mail: texts, addresses and omitted parts, without interpretation. Made from hostile bytes by a separate process
/// (`MailReader`), so that only its form may be relied on.
package struct MailReading: Codable, Hashable, Sendable {
    package struct Mailbox: Codable, Hashable, Sendable {
        var name: String?
        /// As written in the mail; may be invalid.
        var address: String
    }

    /// A header field with its encoded words decoded, and its mailboxes if it is an address field.
    package struct Field: Codable, Hashable, Sendable {
        /// In lower case.
        var name: String
        var text: String
        var mailboxes: [Mailbox]?
    }

    /// A part that is not text, or is an attachment.
    package enum LeftOut: String, Codable, Hashable, Sendable, CaseIterable {
        case picture, sound, film, document, calendar, message, other
    }

    var fields: [Field] = []
    /// The media type of the mail in lower case.
    var type = "text/plain"
    /// The `report-type` of a `multipart/report`.
    var reportType: String?
    /// All texts as plain text, in order.
    var text = ""
    var leftOut: [LeftOut] = []
    /// The machine-readable part of a delivery report.
    var deliveryStatus: String?

    /// Whether the sizes are within the reader's bounds. A compromised reader process is stopped here.
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

    /// The first field of a name: mail programs show the first one too.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.text }
}

/// Limits on the reading of a mail; each is far above what people write.
enum MailBounds {
    static let fields = 500
    static let fieldBytes = 16_384
    static let mailboxes = 50
    static let parts = 200
    static let depth = 20
    /// For one part, before decoding.
    static let partBytes = 16_777_216
    /// For all texts together, in Unicode scalars.
    static let text = 200_000
    /// For the machine-readable part of a delivery report, in Unicode scalars.
    static let deliveryStatus = 100_000
    static let headBytes = 262_144
}
