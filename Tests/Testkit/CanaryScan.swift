package import Foundation

/// Searches every file below a directory for values that must be gone, in every encoding they may have been written in.
///
/// Encodings: UTF-8, UTF-16 of both byte orders, hexadecimal digits of both cases, base 64 (three offsets, both alphabets),
/// quoted-printable, percent encoding, JSON and HTML escapes, and each of those in parts that gzip or zlib has compressed. Letters are
/// found in either case where the encoding preserves them.
package struct CanaryScan: Sendable {
    package struct Finding: Hashable, Sendable, CustomStringConvertible {
        package let file: String
        package let encoding: String
        package let offset: Int
        package let canary: String
        package var description: String { "\(canary) in \(file) at \(offset) as \(encoding)" }
    }

    private struct Pattern: Sendable {
        let canary: String
        let encoding: String
        let bytes: [UInt8]
    }

    private let patterns: [Pattern]
    /// Patterns by a hash of their first four bytes; nil where none starts so, which lets the scan skip most bytes of a file.
    private let byStart: [[Pattern]?]

    /// - Parameter values: at least six bytes each in UTF-8, since shorter ones match by chance.
    package init(_ values: [String]) { self.init(texts: Dictionary(values.map { ($0, $0) }) { first, _ in first }) }

    package init(_ values: String...) { self.init(values) }

    /// - Parameters:
    ///   - texts: the values by the names under which they are reported.
    ///   - secrets: bytes that are not text, such as keys and hashes.
    package init(texts: [String: String], secrets: [String: [UInt8]] = [:]) {
        precondition(texts.values.allSatisfy { $0.utf8.count >= 6 } && secrets.values.allSatisfy { $0.count >= 6 })
        patterns =
            texts.flatMap { name, value in
                CanaryScan.encodings(of: value).map { Pattern(canary: name, encoding: $0.key, bytes: $0.value) }
            }
            + secrets.flatMap { name, value in
                CanaryScan.encodings(of: value).map { Pattern(canary: name, encoding: $0.key, bytes: $0.value) }
            }
        var byStart = [[Pattern]?](repeating: nil, count: 1 << 16)
        for pattern in patterns {
            pattern.bytes.withUnsafeBufferPointer { bytes in
                byStart[CanaryScan.start(bytes, 0)] = (byStart[CanaryScan.start(bytes, 0)] ?? []) + [pattern]
            }
        }
        self.byStart = byStart
    }

    /// The findings in the regular files below `directory`, by relative path; a file that disappears during the scan is skipped.
    package func findings(in directory: URL) throws -> [Finding] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted().flatMap { path -> [Finding] in
            let file = directory.appending(path: path)
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory), !isDirectory.boolValue,
                let data = try? Data(contentsOf: file)
            else { return [] }
            return findings(in: Array(data), named: path) + findings(in: Array(path.utf8), named: "the name of \(path)")
        }
    }

    /// The findings in a byte sequence, such as an answer of the site.
    package func findings(in bytes: [UInt8], named name: String) -> [Finding] {
        plainFindings(in: bytes, named: name)
            + Inflated.parts(of: bytes).flatMap {
                plainFindings(in: $0.bytes, named: "\(name) (compressed at \($0.offset))")
            }
    }

    private func plainFindings(in bytes: [UInt8], named name: String) -> [Finding] {
        var findings: [Finding] = []
        bytes.withUnsafeBufferPointer { bytes in
            byStart.withUnsafeBufferPointer { byStart in
                var offset = 0
                while offset < bytes.count - 3 {
                    if let patterns = byStart[CanaryScan.start(bytes, offset)] {
                        for pattern in patterns where CanaryScan.stands(pattern.bytes, in: bytes, at: offset) {
                            findings.append(
                                Finding(file: name, encoding: pattern.encoding, offset: offset, canary: pattern.canary))
                        }
                    }
                    offset += 1
                }
            }
        }
        return findings
    }

    private static func start(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
        let word =
            UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
            | UInt32(bytes[offset + 3]) << 24
        return Int((word &* 0x9E37_79B1) >> 16)
    }

    private static func stands(_ pattern: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        pattern.count <= bytes.count - offset && pattern.indices.allSatisfy { bytes[offset + $0] == pattern[$0] }
    }

    private static func encodings(of secret: [UInt8]) -> [String: [UInt8]] {
        var encodings: [String: [UInt8]] = [
            "bytes": secret, "hexadecimal": hexadecimal(secret, upper: false),
            "capital hexadecimal": hexadecimal(secret, upper: true),
        ]
        addBase64(of: secret, "", to: &encodings)
        return distinct(encodings)
    }

    private static func addBase64(of bytes: [UInt8], _ form: String, to encodings: inout [String: [UInt8]]) {
        for offset in 0..<3 {
            let core = base64Core(of: bytes, at: offset)
            encodings["base 64 at \(offset)" + form] = core
            encodings["base 64 for addresses at \(offset)" + form] = core.map { byte in
                byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
            }
        }
    }

    private static func encodings(of value: String) -> [String: [UInt8]] {
        var encodings: [String: [UInt8]] = [:]
        for (form, text) in [
            ("", value), (" in small letters", value.lowercased()), (" in capitals", value.uppercased()),
        ] {
            let utf8 = Array(text.utf8)
            encodings["UTF-8" + form] = utf8
            encodings["UTF-16LE" + form] = Array(text.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            encodings["UTF-16BE" + form] = Array(text.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
            encodings["hexadecimal" + form] = hexadecimal(utf8, upper: false)
            encodings["capital hexadecimal" + form] = hexadecimal(utf8, upper: true)
            addBase64(of: utf8, form, to: &encodings)
            encodings["quoted-printable" + form] = escaped(utf8, keeping: { $0 != UInt8(ascii: "=") }, "=", upper: true)
            for upper in [true, false] {
                let letters = upper ? "capital " : ""
                encodings[letters + "percent encoding" + form] = escaped(utf8, keeping: isUnreserved, "%", upper: upper)
                encodings[letters + "percent encoding of a form" + form] = escaped(
                    utf8, keeping: isUnreserved, "%", upper: upper
                ).replacing(Array("%20".utf8), with: Array("+".utf8))
                encodings[letters + "JSON escapes" + form] = json(text, upper: upper)
            }
            encodings["HTML escapes" + form] = Array(
                text.unicodeScalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }.joined().utf8)
        }
        return distinct(encodings)
    }

    /// Drops all but one of the encodings that give the same bytes.
    private static func distinct(_ encodings: [String: [UInt8]]) -> [String: [UInt8]] {
        var seen: Set<[UInt8]> = []
        return encodings.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
            .filter { seen.insert($0.value).inserted }
            .reduce(into: [:]) { $0[$1.key] = $1.value }
    }

    private static func hexadecimal(_ bytes: [UInt8], upper: Bool) -> [UInt8] {
        Array(bytes.map { digits($0, upper: upper) }.joined().utf8)
    }

    private static func digits(_ byte: UInt8, upper: Bool) -> String {
        let digits = String(byte, radix: 16, uppercase: upper)
        return byte < 16 ? "0" + digits : digits
    }

    /// The base-64 digits that do not depend on the surrounding bytes, for a value that begins `offset` bytes into a group of three.
    private static func base64Core(of bytes: [UInt8], at offset: Int) -> [UInt8] {
        let whole = Array((Data(repeating: 0, count: offset) + Data(bytes)).base64EncodedString().utf8)
        let first = (offset * 8 + 5) / 6
        let last = (offset + bytes.count) * 8 / 6
        return Array(whole[first..<last])
    }

    private static func escaped(
        _ bytes: [UInt8], keeping isKept: (UInt8) -> Bool, _ mark: String, upper: Bool
    ) -> [UInt8] {
        Array(
            bytes.map { byte in
                (32..<127).contains(byte) && isKept(byte)
                    ? String(UnicodeScalar(byte)) : mark + digits(byte, upper: upper)
            }.joined().utf8)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: "-._~".utf8.contains(byte)
        }
    }

    private static func json(_ text: String, upper: Bool) -> [UInt8] {
        Array(
            text.utf16.map { unit in
                guard unit > 126 || unit < 32 else { return String(UnicodeScalar(UInt8(unit))) }
                let digits = String(unit, radix: 16, uppercase: upper)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined().utf8)
    }
}
