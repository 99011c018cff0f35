/// The header of a message or of a part, its lines unfolded.
struct MailFields {
    private static let largest = 65_536
    private static let most = 300

    private var values: [String: [String]] = [:]

    init(_ lines: inout MailLines) throws(UnreadableMail.Problem) {
        var fields: [(name: String, value: [UInt8])] = []
        var size = 0
        while let line = lines.next(), !line.content.isEmpty {
            size += line.content.count
            guard size <= MailFields.largest, fields.count <= MailFields.most else { throw .badHeader }
            if line.content.first == 0x20 || line.content.first == 0x09 {
                guard !fields.isEmpty else { throw .badHeader }
                fields[fields.count - 1].value += line.content
                continue
            }
            guard let colon = line.content.firstIndex(of: UInt8(ascii: ":")), colon > line.content.startIndex else {
                throw .badHeader
            }
            let name = line.content[..<colon].filter { $0 != 0x20 && $0 != 0x09 }
            guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .badHeader }
            fields.append((String(decoding: name, as: UTF8.self).lowercased(), Array(line.content[(colon + 1)...])))
        }
        for field in fields {
            guard let value = String(validating: field.value, as: UTF8.self) else {
                // Old programs write names in other charsets; only where people read them.
                values[field.name, default: []].append(
                    String(decoding: field.value.filter { $0 < 0x80 }, as: UTF8.self))
                continue
            }
            values[field.name, default: []].append(value)
        }
    }

    /// The value of a field that is there once or not at all; the first where a program wrote several.
    subscript(name: String) -> String? { values[name]?.first.map { String($0.drop { $0 == " " || $0 == "\t" }) } }

    /// - Throws: `noSender` when there is none, or more than one: nobody answers a crowd.
    func sender() throws(UnreadableMail.Problem) -> MailMailbox {
        guard values["from"]?.count == 1, let from = self["from"] else { throw .noSender }
        let mailboxes = MailMailbox.all(in: from)
        guard mailboxes.count == 1, let mailbox = mailboxes.first else { throw .noSender }
        return mailbox
    }

    var recipients: [MailAddress] {
        ["to", "cc", "delivered-to", "x-original-to"].flatMap { values[$0] ?? [] }.prefix(20)
            .flatMap { MailMailbox.all(in: $0).map(\.address) }
    }

    /// What stands between angle brackets in `In-Reply-To`, then in `References`, where the nearest stands last (RFC 5322, 3.6.4).
    var references: [String] {
        let answered = self["in-reply-to"]?.prefix(2000) ?? ""
        let thread = self["references"]?.suffix(4000) ?? ""
        let ids = { (text: Substring) in text.matches(of: /<([^<>\s]{1,250})>/).map { String($0.1) } }
        return Array((ids(answered) + ids(thread).reversed()).prefix(20))
    }

    /// Bounces, absence notes, mailing lists.
    var isAutomatic: Bool {
        if let submitted = self["auto-submitted"]?.lowercased(), !submitted.hasPrefix("no") { return true }
        if let precedence = self["precedence"]?.lowercased(),
            ["bulk", "junk", "list", "auto_reply"].contains(precedence)
        {
            return true
        }
        if self["return-path"]?.filter({ $0 != " " }) == "<>" { return true }
        return ["list-id", "x-autoreply"].contains { values[$0] != nil }
            || (self["content-type"]?.lowercased().hasPrefix("multipart/report") ?? false)
    }

    var isFile: Bool { self["content-disposition"]?.lowercased().hasPrefix("attachment") ?? false }
}

/// A mailbox as headers name it: `Moa Hallin <moa@example.se>`.
package struct MailMailbox: Hashable, Sendable {
    package let address: MailAddress
    package let name: String?

    /// Those of a list that can be read; commas in quotes part nothing.
    static func all(in list: String) -> [MailMailbox] { parts(of: list).compactMap(MailMailbox.init) }

    private init?(_ text: String) {
        let text = text.filter { !$0.isNewline }
        guard let open = text.lastIndex(of: "<") else {
            guard let address = MailAddress(text.filter { !$0.isWhitespace }) else { return nil }
            self.address = address
            name = nil
            return
        }
        guard let close = text[open...].firstIndex(of: ">"),
            let address = MailAddress(String(text[text.index(after: open)..<close]))
        else { return nil }
        self.address = address
        let display = EncodedWords.decoded(text[..<open].filter { $0 != "\"" && $0 != "\\" }.description)
        let plain = String(display.prefix(100)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        name = plain.isEmpty ? nil : plain
    }

    private static func parts(of list: String) -> [String] {
        var parts = [""]
        var (isQuoted, depth) = (false, 0)
        for character in list {
            switch character {
            case "\"": isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted && depth > 0: depth -= 1
            case "," where !isQuoted && depth == 0: parts.append("")
            default: break
            }
            if depth == 0, !(character == ")" && !isQuoted), !(character == "," && !isQuoted) {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.filter { !$0.allSatisfy(\.isWhitespace) }
    }
}

/// What a part says it is: `text/plain; charset=utf-8`.
struct MailType {
    let kind: String
    let subtype: String
    let parameters: [String: String]

    init(_ text: String) throws(UnreadableMail.Problem) {
        let pieces = MailType.pieces(text)
        let names = (pieces.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(MailType.isToken) }) else {
            throw .badType
        }
        (kind, subtype) = (names[0].lowercased(), names[1].lowercased())
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].lowercased().filter { !$0.isWhitespace }
            guard parameters[name] == nil else { throw .badType }
            parameters[name] = piece[piece.index(after: equals)...].filter { $0 != "\"" }.description
        }
        self.parameters = parameters
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$&^_.+-".utf8.contains(byte)
        }
    }

    /// What stands between the semicolons, quotes kept together.
    private static func pieces(_ text: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        return pieces.map { piece in
            let spaces = piece.drop(while: \.isWhitespace)
            return String(spaces.reversed().drop(while: \.isWhitespace).reversed())
        }
    }
}
