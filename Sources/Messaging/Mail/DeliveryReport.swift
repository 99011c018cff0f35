/// A delivery status notification (RFC 3464, in the envelope of RFC 3462). Anybody can send one: trust it only if it came to an address
/// that outsiders cannot know.
package struct DeliveryReport: Hashable, Sendable {
    package struct Recipient: Hashable, Sendable {
        package enum Action: String, Sendable {
            case failed, delayed, delivered, relayed, expanded
        }

        package let action: Action
        /// The reported status, refined by the receiving server's diagnostic text where the status is unspecific.
        package let status: DeliveryStatus
    }

    /// All addresses that the headers name as recipients of the report, in lower case.
    package let addressedTo: [String]
    package let recipients: [Recipient]

    /// Bytes read of a report; the rest is ignored.
    package static let mostBytes = 1 << 20
    private static let mostRecipients = 100

    /// Nil if the mail is not a delivery report.
    package init?(_ reading: MailReading) {
        guard reading.type == "multipart/report", (reading.reportType ?? "delivery-status") == "delivery-status",
            let status = reading.deliveryStatus
        else { return nil }
        let groups = DeliveryReport.groups(status)
        // With several groups, the first is about the message and each other one about a recipient.
        recipients = groups.prefix(DeliveryReport.mostRecipients + 1).compactMap(Recipient.init)
            .prefix(DeliveryReport.mostRecipients).map(\.self)
        guard !recipients.isEmpty else { return nil }
        addressedTo = ["delivered-to", "x-original-to", "envelope-to", "to"].flatMap(reading.all)
            .flatMap { DeliveryReport.addresses(in: $0.text) }
    }

    /// The fields of each group by lower-case name; the first of each name counts.
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
    /// Nil unless the three mandatory fields of a recipient group are present.
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
