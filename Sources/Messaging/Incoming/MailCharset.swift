import Foundation

/// Decodes bytes to text as mail programs do: the charset name is a hint, and the bytes decide.
enum MailCharset {
    private enum Kind {
        /// UTF-8, ASCII, ISO 8859-1, an unknown charset, or none: all are decoded alike.
        case common
        case other(iconv: String)
    }

    static func text(_ bytes: [UInt8], named name: String?) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return common(bytes.dropFirst(3)) }
        switch kind(name) {
        case .common:
            let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            return isWide ? converted(bytes, from: "UTF-16") ?? common(bytes) : common(bytes)
        case .other(let iconv): return converted(bytes, from: iconv) ?? common(bytes)
        }
    }

    /// Decodes UTF-8, and invalid bytes as windows-1252, which includes ISO 8859-1 as used in practice (WHATWG Encoding); such text is
    /// hardly ever valid UTF-8 by accident.
    private static func common(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        let bytes = Array(bytes)
        var (parser, rest, place) = (UTF8.ForwardParser(), bytes.makeIterator(), 0)
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                text.append(UTF8.decode(encoded))
                place += encoded.count
            case .error(let count):
                text.append(contentsOf: bytes[place..<place + count].map(windows1252))
                place += count
            case .emptyInput: return String(text)
            }
        }
    }

    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        (0x80...0x9F).contains(byte) ? windowsSigns[Int(byte - 0x80)] : Unicode.Scalar(byte)
    }

    /// Windows-1252 characters 0x80 to 0x9F; the five undefined ones are control characters.
    private static let windowsSigns = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    /// Lower case, without `-`, `_` and a leading `x-`.
    private static func normalised(_ name: String) -> String {
        var name = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        if name.hasPrefix("x"), name != "xuserdefined" { name.removeFirst() }
        return name
    }

    private static func kind(_ name: String?) -> Kind {
        guard let name, name.utf8.count <= 40 else { return .common }
        let plain = normalised(name)
        if let alias = aliases[plain] { return alias }
        if plain.hasPrefix("utf8") || plain == "unicode11utf8" { return .common }
        if plain.hasPrefix("windows12") || plain.hasPrefix("cp12") {
            return .other(iconv: "CP\(plain.filter(\.isNumber))")
        }
        let candidates = [
            name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_:.+".contains($0)) },
            plain.uppercased(),
        ]
        return candidates.first(where: isKnown).map { .other(iconv: $0) } ?? .common
    }

    /// Normalised charset names that iconv does not know, or knows in a narrower sense than mail programs. A charset stands for its
    /// subsets.
    private static let aliases: [String: Kind] = {
        let common = [
            "", "usascii", "ascii", "ansix341968", "iso646us", "iso88591", "latin1", "l1", "isolatin1", "cp819",
            "windows1252",
            "cp1252", "ansi", "unknown8bit", "8bit",
        ]
        let others = [
            "ISO-8859-15": ["iso885915", "latin9"], "CP1254": ["iso88599", "latin5"], "ISO-8859-8": ["iso88598i"],
            "ISO-8859-6": ["iso88596i"], "CP874": ["iso885911", "tis620", "windows874"],
            "GB18030": ["gb2312", "gb231280", "gbk", "cp936", "euccn", "chinese"], "BIG5-HKSCS": ["big5"],
            "CP949": ["ksc56011987", "ksc56011989", "ksc5601", "euckr", "korean"],
            "CP932": ["shiftjis", "sjis", "mskanji", "windows31j"], "MACINTOSH": ["macintosh", "mac", "macroman"],
            "UTF-7": ["utf7", "unicode11utf7"], "UTF-16": ["utf16", "ucs2", "unicode"], "UTF-16LE": ["utf16le"],
            "UTF-16BE": ["utf16be"], "UTF-32": ["utf32"],
        ]
        let pairs = others.flatMap { iconv, names in names.map { ($0, Kind.other(iconv: iconv)) } }
        return Dictionary(uniqueKeysWithValues: common.map { ($0, .common) } + pairs)
    }()

    private static func isKnown(_ name: String) -> Bool {
        guard !name.isEmpty, let converter = Converter(from: name) else { return false }
        withExtendedLifetime(converter) {}
        return true
    }

    /// Nil for an unknown charset, and for bytes that are invalid in it but valid UTF-8.
    private static func converted(_ bytes: [UInt8], from name: String) -> String? {
        guard let converter = Converter(from: name) else { return nil }
        let (text, isWhole) = converter.convert(bytes)
        if !isWhole, bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) != nil {
            return nil
        }
        return text
    }
}

/// Conversion to UTF-8 by the system's iconv.
private struct Converter: ~Copyable {
    private let descriptor: iconv_t

    init?(from name: String) {
        // For an unknown name `iconv_open` returns -1, not a null pointer.
        guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    /// Bytes that cannot be converted become U+FFFD.
    func convert(_ bytes: [UInt8]) -> (text: String, isWhole: Bool) {
        var (output, isWhole) = ([UInt8](), true)
        output.reserveCapacity(bytes.count * 2)
        var input = bytes.map { CChar(bitPattern: $0) }
        var buffer = [CChar](repeating: 0, count: 16_384)
        input.withUnsafeMutableBufferPointer { input in
            buffer.withUnsafeMutableBufferPointer { buffer in
                var (from, left) = (input.baseAddress, input.count)
                while left > 0 {
                    var (to, room) = (buffer.baseAddress, buffer.count)
                    let result = iconv(descriptor, &from, &left, &to, &room)
                    let failure = result == -1 ? errno : 0
                    output += buffer.prefix(buffer.count - room).map { UInt8(bitPattern: $0) }
                    guard failure == EILSEQ || failure == EINVAL else { continue }
                    isWhole = false
                    output += [0xEF, 0xBF, 0xBD]
                    from = from?.advanced(by: 1)
                    left -= 1
                }
            }
        }
        let text = String(decoding: output, as: UTF8.self)
        return (text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text, isWhole)
    }
}
