internal import CIDN2

/// The domain of a mail address: one value for every spelling of it (IDNA 2008 with the mapping of UTS 46, non-transitional).
package struct DomainName: Hashable, Sendable {
    /// In lower-case ASCII, as in DNS: `xn--…` for labels with other letters.
    package let ascii: String

    /// Nil for a domain that no mailbox can have: a single label, an empty label, invalid characters, an `xn--` label that decodes to
    /// nothing.
    package init?(_ text: String) {
        guard text.utf8.count <= 1000, text.unicodeScalars.allSatisfy(DomainName.isMappable),
            let ascii = DomainName.isPlain(text) ? text : DomainName.mapped(text),
            DomainName.isHost(ascii)
        else { return nil }
        self.ascii = ascii
    }

    /// The domain in Unicode; labels that could be mistaken for others stay `xn--…`.
    package var shown: String {
        guard ascii.contains("xn--") else { return ascii }
        return ascii.split(separator: ".").map { label in
            guard label.hasPrefix("xn--"), let letters = DomainName.unicode(String(label)), letters.looksLikeNoOther
            else { return String(label) }
            return letters
        }.joined(separator: ".")
    }

    /// The domain in Unicode, without that precaution: for finding values stored in this form, not for display.
    package var letters: String { ascii.contains("xn--") ? DomainName.unicode(ascii) ?? ascii : ascii }

    /// The IDNA mapping drops and replaces further characters; a domain typed with them is rejected instead.
    private static func isMappable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "-" || ".。．｡".unicodeScalars.contains(scalar) { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .decimalNumber:
            return !scalar.properties.isDefaultIgnorableCodePoint
        default: return false
        }
    }

    /// Whether there is nothing to map, as in most domains.
    private static func isPlain(_ text: String) -> Bool {
        !text.contains("--")
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
            }
    }

    private static func mapped(_ text: String) -> String? {
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue | IDN2_USE_STD3_ASCII_RULES.rawValue)
        return owned { idn2_to_ascii_8z(text, $0, flags) }
    }

    private static func unicode(_ ascii: String) -> String? { owned { idn2_to_unicode_8z8z(ascii, $0, 0) } }

    /// - Parameter convert: sets its argument to a string that the library has allocated.
    private static func owned(_ convert: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32) -> String? {
        var converted: UnsafeMutablePointer<CChar>?
        defer { if converted != nil { idn2_free(converted) } }
        guard convert(&converted) == Int32(IDN2_OK.rawValue), let converted else { return nil }
        return String(cString: converted)
    }

    private static func isHost(_ ascii: String) -> Bool {
        let labels = ascii.split(separator: ".", omittingEmptySubsequences: false)
        return ascii.utf8.count <= 253 && labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    }
            } && labels.last?.utf8.contains { (0x61...0x7A).contains($0) } == true
    }
}

extension String {
    /// Whether a label is in one script and cannot be mistaken for a label in another.
    fileprivate var looksLikeNoOther: Bool {
        let letters = unicodeScalars.filter { !(0x30...0x39).contains($0.value) && $0 != "-" }
        let scripts = Set(letters.map { Script($0) })
        guard !scripts.contains(nil) else { return false }
        if scripts.isSubset(of: [.han, .kana]) { return true }
        guard scripts.count == 1, let script = scripts.first.flatMap(\.self) else { return false }
        switch script {
        case .latin, .han, .kana, .hangul, .hebrew, .arabic, .thai, .devanagari: return true
        // Unless every letter is one that looks Latin.
        case .cyrillic: return letters.contains { !"асԁеһіјӏорԛѕԝхуъьвгкмнт".unicodeScalars.contains($0) }
        case .greek: return letters.contains { !"αγικνορτυχωη".unicodeScalars.contains($0) }
        }
    }
}

/// The scripts that labels are shown in.
private enum Script {
    case latin, greek, cyrillic, hebrew, arabic, devanagari, thai, hangul, kana, han

    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // Without the dotless i, the Greenlandic q and the long s, which look like other letters.
        case 0x131, 0x138, 0x17F: return nil
        case 0x61...0x7A, 0xDF...0xF6, 0xF8...0x17F: self = .latin
        case 0x3AC...0x3CE: self = .greek
        case 0x430...0x45F, 0x48B...0x52F: self = .cyrillic
        case 0x5D0...0x5EA: self = .hebrew
        case 0x620...0x64A: self = .arabic
        case 0x900...0x963: self = .devanagari
        case 0xE01...0xE4E: self = .thai
        case 0xAC00...0xD7A3: self = .hangul
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC: self = .kana
        case 0x4E00...0x9FFF: self = .han
        default: return nil
        }
    }
}
