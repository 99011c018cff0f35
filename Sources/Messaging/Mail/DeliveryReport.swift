/// What a mail server says about mails that it could not deliver (RFC 3464, in the envelope of RFC 3462). Anybody can send such a message: it is
/// read strictly, within limits, and believed only by whoever knows the address that it came to.
package struct DeliveryReport: Hashable, Sendable {
    package struct Recipient: Hashable, Sendable {
        package enum Action: String, Sendable {
            case failed, delayed, delivered, relayed, expanded
        }

        package let action: Action
        package let status: DeliveryStatus
    }

    /// Every address that the report was sent to, as its headers tell it, in small letters.
    package let addressedTo: [String]
    package let recipients: [Recipient]

    /// Nobody's report is longer; what comes after is not read.
    package static let mostBytes = 1 << 20
    private static let mostRecipients = 100

    /// Nil for anything that is no delivery report.
    package init?(_ message: [UInt8]) {
        let text = String(decoding: message.prefix(DeliveryReport.mostBytes), as: UTF8.self)
            .replacing("\r\n", with: "\n")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let (head, body) = MessageHead.split(lines)
        guard let type = head.contentType, type.name == "multipart/report",
            type["report-type"]?.lowercased() == "delivery-status", let boundary = type["boundary"],
            (1...70).contains(boundary.utf8.count),
            let status = DeliveryReport.statusPart(body, boundary: boundary)
        else { return nil }
        let groups = status.split(whereSeparator: { $0.allSatisfy { $0 == " " || $0 == "\t" } })
        // The first group is about the message, each of the others about one recipient.
        recipients = groups.dropFirst().prefix(DeliveryReport.mostRecipients).compactMap { Recipient(Array($0)) }
        guard !recipients.isEmpty else { return nil }
        addressedTo = ["delivered-to", "x-original-to", "envelope-to", "to"].flatMap { head.all($0) }
            .flatMap(DeliveryReport.addresses)
    }

    /// The lines of the part that programs read. Parts inside of parts are not looked at.
    private static func statusPart(_ body: ArraySlice<Substring>, boundary: String) -> [Substring]? {
        var part: [Substring]?
        for line in body {
            let end = line.trimmingSuffix(while: { $0 == " " || $0 == "\t" })
            if end == "--" + boundary || end == "--" + boundary + "--" {
                if let found = part.flatMap(status) { return found }
                part = end.hasSuffix(boundary) ? [] : nil
            } else {
                part?.append(line)
            }
        }
        // A report that was cut off has no last boundary.
        return part.flatMap(status)
    }

    private static func status(_ part: [Substring]) -> [Substring]? {
        let (head, body) = MessageHead.split(part)
        guard let type = head.contentType,
            ["message/delivery-status", "message/global-delivery-status"].contains(type.name),
            ["7bit", "8bit", "binary"].contains((head["content-transfer-encoding"] ?? "7bit").lowercased())
        else { return nil }
        return Array(body)
    }

    private static func addresses(in value: String) -> [String] {
        value.lowercased().split(whereSeparator: { " \t<>,;:\"()".contains($0) }).map(String.init)
            .filter { $0.contains("@") && $0.utf8.count <= 254 }
    }
}

extension DeliveryReport.Recipient {
    /// Nil unless the three fields are there that every recipient's must have.
    fileprivate init?(_ lines: [Substring]) {
        let (fields, _) = MessageHead.split(lines[...])
        guard fields["final-recipient"] != nil,
            let action = fields["action"].flatMap({ Action(rawValue: $0.lowercased()) }),
            let status = fields["status"].flatMap({ DeliveryStatus($0) })
        else { return nil }
        self.init(action: action, status: status)
    }
}

/// The fields above the first empty line of a message or of a part of one.
struct MessageHead {
    private var fields: [(name: String, value: String)] = []
    private static let mostFields = 500

    static func split(_ lines: some RandomAccessCollection<Substring>) -> (MessageHead, ArraySlice<Substring>) {
        let lines = Array(lines)
        let end = lines.firstIndex { $0.isEmpty } ?? lines.endIndex
        var head = MessageHead()
        for line in lines[..<end] { head.add(line) }
        return (head, lines[end...].dropFirst())
    }

    /// The first of that name.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    var contentType: ContentType? { self["content-type"].flatMap(ContentType.init) }

    private mutating func add(_ line: Substring) {
        if let first = line.first, first == " " || first == "\t" {
            guard let last = fields.indices.last, fields[last].value.utf8.count < 2000 else { return }
            fields[last].value += " " + line.drop { $0 == " " || $0 == "\t" }
            return
        }
        guard fields.count < MessageHead.mostFields, let colon = line.firstIndex(of: ":") else { return }
        let name = line[..<colon]
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return }
        let value = line[line.index(after: colon)...].prefix(2000).drop { $0 == " " || $0 == "\t" }
        fields.append((name.lowercased(), String(value.trimmingSuffix(while: { $0 == " " || $0 == "\t" }))))
    }
}

/// `multipart/report; report-type=delivery-status; boundary="x"`
struct ContentType {
    let name: String
    private var parameters: [String: String] = [:]

    init?(_ value: String) {
        var rest = Substring(value)
        name = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" && $0 != "(" }.lowercased()
        guard name.contains("/") else { return nil }
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " || $0 == "\t" }
            let key = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(key.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let text = ContentType.value(&rest)
            let parameter = key.trimmingSuffix(while: { $0 == " " || $0 == "\t" }).lowercased()
            // Of two with one name neither is to be trusted: the first stands.
            if parameters[parameter] == nil { parameters[parameter] = text }
        }
    }

    subscript(parameter: String) -> String? { parameters[parameter] }

    private static func value(_ rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
            rest = rest.dropFirst(token.count)
            return String(token)
        }
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\" {
                if let next = rest.popFirst() { text.append(next) }
            } else {
                text.append(character)
            }
        }
        return text
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var text = self
        while let last = text.last, isTrimmed(last) { text = text.dropLast() }
        return text
    }
}
