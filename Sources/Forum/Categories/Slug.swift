/// A readable word in a URL: `a`–`z`, digits and single hyphens.
package struct Slug: Hashable, Sendable {
    package static let longest = 60
    package let text: String

    package init?(_ text: String) {
        let isFit = text.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
        guard isFit, (1...Slug.longest).contains(text.utf8.count), text.first != "-", text.last != "-",
            !text.contains("--")
        else { return nil }
        self.text = text
    }

    /// Derives a slug: `Skatt & moms på Öland` gives `skatt-moms-pa-oland`; nil when no letter or digit is left.
    package init?(madeFrom words: String) {
        var text = ""
        var pendingHyphen = false
        for scalar in words.lowercased().unicodeScalars {
            guard let letter = Slug.plain(scalar) else {
                pendingHyphen = !text.isEmpty
                continue
            }
            guard text.utf8.count + letter.utf8.count + (pendingHyphen ? 1 : 0) <= Slug.longest else { break }
            if pendingHyphen { text += "-" }
            pendingHyphen = false
            text += letter
        }
        self.init(text)
    }

    private static func plain(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "a"..."z", "0"..."9": String(scalar)
        case "å", "ä", "à", "á", "â", "ã": "a"
        case "ö", "ø", "ò", "ó", "ô", "õ": "o"
        case "é", "è", "ê", "ë": "e"
        case "ü", "ú", "ù", "û": "u"
        case "í", "ì", "î", "ï": "i"
        case "ý", "ÿ": "y"
        case "ñ": "n"
        case "ç": "c"
        case "æ": "ae"
        case "œ": "oe"
        case "ß": "ss"
        default: nil
        }
    }
}
