/// Writes canonical JSON: keys in ascending order, no white space, no escaped slashes, no numbers but integers.
///
/// Fields that are not written in the order of their keys are sorted afterwards; in that order they cost least.
package struct JSONWriter {
    private var bytes: [UInt8]
    /// The range of the last key in `bytes`.
    private var lastKey = 0..<0
    private var isSorted = true

    init() { bytes = [UInt8(ascii: "{")] }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Replaces another writer while that one is lent out; allocates no memory.
    static var lent: JSONWriter { JSONWriter(bytes: []) }

    mutating func key(_ key: StaticString) {
        self.key(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    mutating func key(_ key: String) {
        var key = key
        key.withUTF8 { self.key($0) }
    }

    private mutating func key(_ key: UnsafeBufferPointer<UInt8>) {
        if !lastKey.isEmpty {
            bytes.append(UInt8(ascii: ","))
            isSorted = isSorted && bytes.withUnsafeBufferPointer { $0[lastKey].lexicographicallyPrecedes(key) }
        }
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes.append(contentsOf: key)
        lastKey = start..<bytes.count
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func string(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var plain = 0
            for index in utf8.indices where !JSONWriter.isPlain(utf8[index]) {
                bytes.append(contentsOf: utf8[plain..<index])
                bytes.append(contentsOf: JSONWriter.escaped(utf8[index]))
                plain = index + 1
            }
            bytes.append(contentsOf: utf8[plain...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// One byte of a string in canonical JSON.
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

    /// Writes an object inside this one, to the same bytes.
    mutating func object(_ write: (inout JSONWriter) -> Void) {
        let outer = (lastKey, isSorted)
        let start = bytes.count
        bytes.append(UInt8(ascii: "{"))
        (lastKey, isSorted) = (0..<0, true)
        write(&self)
        bytes.append(UInt8(ascii: "}"))
        if !isSorted { bytes.replaceSubrange(start..., with: JSONWriter.sorted(Array(bytes[start...]))) }
        (lastKey, isSorted) = outer
    }

    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return isSorted ? bytes : JSONWriter.sorted(bytes)
    }

    private static func sorted(_ object: [UInt8]) -> [UInt8] {
        let fields = JSONReader.fields(of: object).sorted { $0.key.lexicographicallyPrecedes($1.key) }
        let list = fields.map(\.whole).joined(separator: [UInt8(ascii: ",")])
        return [UInt8(ascii: "{")] + list + [UInt8(ascii: "}")]
    }

    private static let hex = Array("0123456789abcdef".utf8)
}
