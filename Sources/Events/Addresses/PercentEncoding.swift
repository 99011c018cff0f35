/// `text` with every byte percent-encoded that is not unreserved in RFC 3986 or one of `kept`.
package func percentEncoded(_ text: String, keeping kept: StaticString = "") -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    appendPercentEncoded(text, keeping: kept, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

package func appendPercentEncoded(_ text: String, keeping kept: StaticString = "", to bytes: inout [UInt8]) {
    let kept = UnsafeBufferPointer(start: kept.utf8Start, count: kept.utf8CodeUnitCount)
    func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? digit + 48 : digit + 55 }
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            bytes.append(byte)
        case _ where kept.contains(byte): bytes.append(byte)
        default:
            bytes.append(UInt8(ascii: "%"))
            bytes.append(hexadecimal(byte >> 4))
            bytes.append(hexadecimal(byte & 15))
        }
    }
}

/// Decodes a part of a request as stream-safe text. Nil for a percent sign without two hexadecimal digits, for bytes that are not UTF-8,
/// and for NUL.
///
/// - Parameter plusIsSpace: as in forms and queries, but not in paths.
package func percentDecoded(_ encoded: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
    func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        default: nil
        }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.count)
    var iterator = encoded.makeIterator()
    while let byte = iterator.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = iterator.next().flatMap(hex), let low = iterator.next().flatMap(hex) else { return nil }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)?.streamSafe
}
