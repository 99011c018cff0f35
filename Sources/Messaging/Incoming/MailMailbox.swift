/// A mailbox in a header field: `Moa Hallin <moa@example.se>`.
package struct MailMailbox: Hashable, Sendable {
    package let address: MailAddress
    /// The display name, made safe to show.
    package let name: String?

    private static let longestName = 100

    init(_ address: MailAddress, name: String?) {
        self.address = address
        let plain = IncomingText.line((name ?? "").filter { $0 != "\"" && $0 != "\\" }, atMost: MailMailbox.longestName)
        self.name = plain.isEmpty ? nil : plain
    }

    /// The valid mailboxes of a field; if there are none, the first address found in its text.
    static func all(in field: MailReading.Field) -> [MailMailbox] {
        let listed = (field.mailboxes ?? []).compactMap { mailbox in
            MailAddress(mailbox.address).map { MailMailbox($0, name: mailbox.name) }
        }
        return listed.isEmpty ? found(in: field.text).map { [$0] } ?? [] : listed
    }

    private static func found(in text: String) -> MailMailbox? {
        for word in String(text.prefix(2000)).matches(of: /[^\s<>()\[\],;:"\\]+@[^\s<>()\[\],;:"'\\]+/) {
            let bare = word.output.drop { $0 == "'" }
            guard let address = MailAddress(trimmingDots(bare)) else { continue }
            let before = text[..<word.range.lowerBound].replacing(/[<\[(]?(mailto:)?$/, with: "")
            return MailMailbox(address, name: String(before))
        }
        return nil
    }

    private static func trimmingDots(_ text: Substring) -> String {
        var text = text
        while text.last == "." { text.removeLast() }
        return String(text)
    }
}
