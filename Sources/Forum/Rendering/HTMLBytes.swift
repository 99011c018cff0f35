/// A buffer of HTML: tags come from literals of this program, all other text is escaped.
struct HTMLBytes {
    private var bytes: [UInt8] = []

    init(reserving capacity: Int) { bytes.reserveCapacity(capacity) }

    var isEmpty: Bool { bytes.isEmpty }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func tag(_ tag: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount))
    }

    mutating func number(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    mutating func placeholder(_ placeholder: Placeholder) { bytes.append(contentsOf: placeholder.bytes) }

    /// Appends text content: escapes it and leaves out control characters.
    mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices {
            let entity: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): entity = "&amp;"
            case UInt8(ascii: "<"): entity = "&lt;"
            case UInt8(ascii: ">"): entity = "&gt;"
            case UInt8(ascii: "\""): entity = "&quot;"
            case 0x0A, 0x09: continue
            case 0..<0x20, 0x7F: entity = ""
            case _: continue
            }
            bytes.append(contentsOf: text[start..<index])
            tag(entity)
            start = index + 1
        }
        bytes.append(contentsOf: text[start...])
    }

    /// Appends the value of an `href`; bytes that are not allowed in a URL are percent-encoded.
    mutating func url(_ url: UnsafeBufferPointer<UInt8>) {
        for byte in url {
            switch byte {
            case UInt8(ascii: "&"): tag("&amp;")
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "@"),
                UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "+"),
                UInt8(ascii: "$"), UInt8(ascii: "["), UInt8(ascii: "]"):
                bytes.append(byte)
            case _:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(HTMLBytes.hex[Int(byte >> 4)])
                bytes.append(HTMLBytes.hex[Int(byte & 15)])
            }
        }
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}
