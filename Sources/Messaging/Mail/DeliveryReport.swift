/// What a mail server says about mails that it could not deliver (RFC 3464, in the envelope of RFC 3462). Anybody can send such a message: it is
/// believed only by whoever knows the address that it came to.
package struct DeliveryReport: Hashable, Sendable {
    package struct Recipient: Hashable, Sendable {
        package enum Action: String, Sendable {
            case failed, delayed, delivered, relayed, expanded
        }

        package let action: Action
        /// With what the recipient's server said, where the report's own number says nothing.
        package let status: DeliveryStatus
    }

    /// Every address that the report was sent to, as its headers tell it, in small letters.
    package let addressedTo: [String]
    package let recipients: [Recipient]

    /// Nobody's report is longer; what comes after is not read.
    package static let mostBytes = 1 << 20
    private static let mostRecipients = 100

    /// Nil for anything that is no delivery report.
    package init?(_ reading: MailReading) {
        guard reading.type == "multipart/report", (reading.reportType ?? "delivery-status") == "delivery-status",
            let status = reading.deliveryStatus
        else { return nil }
        let groups = DeliveryReport.groups(status)
        // Where there are several, the first is about the message, each of the others about one recipient.
        recipients = groups.prefix(DeliveryReport.mostRecipients + 1).compactMap(Recipient.init)
            .prefix(DeliveryReport.mostRecipients).map(\.self)
        guard !recipients.isEmpty else { return nil }
        addressedTo = ["delivered-to", "x-original-to", "envelope-to", "to"].flatMap(reading.all)
            .flatMap { DeliveryReport.addresses(in: $0.text) }
    }

    /// The fields of each group, by name in small letters; the first of a name stands.
    private static func groups(_ text: String) -> [[String: String]] {
        let lines = text.replacing("\r\n", with: "\n").split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.split { $0.allSatisfy(\.isWhitespace) }.map { group in
            var (fields, last) = ([String: String](), String?.none)
            for line in group.prefix(100) {
                if let first = line.first, first == " " || first == "\t" {
                    if let last, let value = fields[last], value.utf8.count < 2000 {
                        fields[last] = value + " " + line.prefix(2000).trimmed
                    }
                    continue
                }
                last = nil
                guard let colon = line.prefix(200).firstIndex(of: ":") else { continue }
                let name = line[..<colon].trimmed.lowercased()
                guard fields[name] == nil else { continue }
                fields[name] = line[line.index(after: colon)...].prefix(2000).trimmed
                last = name
            }
            return fields
        }
    }

    private static func addresses(in value: String) -> [String] {
        value.lowercased().split(whereSeparator: { " \t<>,;:\"()".contains($0) }).map(String.init)
            .filter { $0.contains("@") && $0.utf8.count <= 254 }
    }
}

extension DeliveryReport.Recipient {
    /// Nil unless the three fields are there that every recipient's must have.
    fileprivate init?(_ fields: [String: String]) {
        guard fields["final-recipient"] != nil,
            let action = fields["action"].flatMap({ Action(rawValue: $0.prefix { $0.isLetter }.lowercased()) }),
            let status = fields["status"].flatMap({ DeliveryStatus($0) })
        else { return nil }
        self.init(action: action, status: status.refined(by: fields["diagnostic-code"] ?? ""))
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
