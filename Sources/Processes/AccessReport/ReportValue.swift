package import Events

/// A value of the access report, written to JSON and HTML alike so that both say the same.
package enum ReportValue: Sendable {
    case missing
    case text(String)
    /// A word of a closed list, and its meaning in Swedish.
    case code(String, String)
    case number(Int)
    case bool(Bool)
    case time(Instant)
    case record(ReportRecord)
    case list([ReportRecord])

    package static func optional(_ text: String?) -> ReportValue { text.map(ReportValue.text) ?? .missing }
    package static func optional(_ time: Instant?) -> ReportValue { time.map(ReportValue.time) ?? .missing }
    package static func optional(_ bool: Bool?) -> ReportValue { bool.map(ReportValue.bool) ?? .missing }
}

/// Keys and values in reading order; unknown values are present as `missing`.
package struct ReportRecord: Sendable, ExpressibleByDictionaryLiteral {
    package let fields: [(key: ReportKey, value: ReportValue)]

    package init(dictionaryLiteral elements: (ReportKey, ReportValue)...) {
        fields = elements.map { (key: $0, value: $1) }
    }
}

extension ReportRecord {
    /// The record as indented JSON (RFC 8259), in the record's order.
    package var json: [UInt8] {
        var writer = ReportJSON()
        writer.write(self)
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

private struct ReportJSON {
    var bytes: [UInt8] = []
    private var depth = 0

    mutating func write(_ record: ReportRecord) {
        block("{", record.fields, "}") { writer, field in
            writer.string(field.key.rawValue)
            writer.bytes += ": ".utf8
            writer.write(field.value)
        }
    }

    private mutating func write(_ value: ReportValue) {
        switch value {
        case .missing: bytes += "null".utf8
        case .text(let text), .code(let text, _): string(text)
        case .number(let number): bytes += String(number).utf8
        case .bool(let bool): bytes += (bool ? "true" : "false").utf8
        case .time(let time): string(time.description)
        case .record(let record): write(record)
        case .list(let records): block("[", records, "]") { $0.write($1) }
        }
    }

    private mutating func block<Item>(
        _ opening: String, _ items: [Item], _ closing: String, _ write: (inout ReportJSON, Item) -> Void
    ) {
        bytes += opening.utf8
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            newLine()
            write(&self, item)
        }
        depth -= 1
        if !items.isEmpty { newLine() }
        bytes += closing.utf8
    }

    private mutating func newLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += "\\u00\(Hex.encode([byte]))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
