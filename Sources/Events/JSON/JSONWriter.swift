/// Writes canonical JSON: keys in ascending order, no white space, no escaped slashes, integers and strings only.
struct JSONWriter {
    private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]
    private var isFirst = true
    private var lastKey = ""

    mutating func key(_ key: String) {
        precondition(isFirst || lastKey < key, "keys of canonical JSON ascend: \(lastKey) before \(key)")
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        lastKey = key
        string(key)
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                bytes.append(byte)
            } else {
                bytes.append(contentsOf: JSONWriter.escaped(byte))
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// One byte of a string as canonical JSON has it.
    static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\n"): [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case 0..<0x20: Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        default: [byte]
        }
    }

    mutating func integer(_ value: Int64) { bytes.append(contentsOf: String(value).utf8) }

    mutating func bool(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    mutating func list<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func object(_ write: (inout JSONWriter) -> Void) {
        var inner = JSONWriter()
        write(&inner)
        bytes.append(contentsOf: inner.finished())
    }

    func finished() -> [UInt8] { bytes + [UInt8(ascii: "}")] }

    private static let hex = Array("0123456789abcdef".utf8)
}
