import Crypto

/// The bytes that the Merkle tree commits to for one event. `docs/log-format.md` gives the same rules for other programs.
struct Leaf {
    let position: Int
    let stream: String
    let version: Int
    let type: String
    let schema: Int
    let time: Int64
    let actor: String
    let causation: Int?
    let command: String
    let subject: String?
    let owner: String?
    let key: Int?
    let sealed: [UInt8]?
    let clear: [UInt8]

    /// One JSON object with the keys in this order, without white space.
    var input: [UInt8] {
        var writer = LeafWriter()
        writer.integer("{\"position\":", position)
        writer.string(",\"stream\":", stream)
        writer.integer(",\"version\":", version)
        writer.string(",\"type\":", type)
        writer.integer(",\"schema\":", schema)
        writer.integer(",\"time\":", Int(time))
        writer.string(",\"actor\":", actor)
        writer.integer(",\"causation\":", causation)
        writer.string(",\"command\":", command)
        writer.string(",\"subject\":", subject)
        writer.string(",\"owner\":", owner)
        writer.integer(",\"key\":", key)
        sealed.withUnsafeBytes { writer.digest(",\"sealed\":", $0) }
        clear.withUnsafeBytes { writer.verbatim(",\"clear\":", $0) }
        return writer.bytes
    }

    var hash: TreeHash { TreeHashing.leaf(input) }
}

extension [UInt8]? {
    fileprivate func withUnsafeBytes(_ body: (UnsafeRawBufferPointer?) -> Void) {
        guard let self else { return body(nil) }
        self.withUnsafeBytes { body($0) }
    }
}

/// Writes leaf input from values in memory, for the writer, or in SQLite's buffers, for the verifier.
struct LeafWriter {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1024) }

    /// Clears the bytes for the next event.
    mutating func restart() { bytes.removeAll(keepingCapacity: true) }

    mutating func integer(_ key: StaticString, _ value: Int?) {
        add(key)
        guard let value else { return add("null") }
        guard value >= 0 else { return bytes.append(contentsOf: String(value).utf8) }
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(48 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    mutating func string(_ key: StaticString, _ text: String?) {
        guard var text else { return string(key, nil as UnsafeRawBufferPointer?) }
        text.withUTF8 { string(key, UnsafeRawBufferPointer($0)) }
    }

    mutating func string(_ key: StaticString, _ text: UnsafeRawBufferPointer?) {
        add(key)
        guard let text else { return add("null") }
        bytes.append(UInt8(ascii: "\""))
        if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text)
        } else {
            for byte in text { bytes.append(contentsOf: JSONWriter.escaped(byte)) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// SHA-256 of the bytes in hexadecimal digits.
    mutating func digest(_ key: StaticString, _ value: UnsafeRawBufferPointer?) {
        add(key)
        guard let value else { return add("null") }
        var hash = SHA256()
        hash.update(bufferPointer: value)
        bytes.append(UInt8(ascii: "\""))
        hash.finalize().withUnsafeBytes { digest in
            for byte in digest {
                bytes.append(LeafWriter.digits[Int(byte >> 4)])
                bytes.append(LeafWriter.digits[Int(byte & 15)])
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The last member: JSON as it is stored.
    mutating func verbatim(_ key: StaticString, _ json: UnsafeRawBufferPointer) {
        add(key)
        bytes.append(contentsOf: json)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func add(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
