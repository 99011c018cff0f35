import Foundation

/// A key whose order by bytes is the order of the Swedish alphabet: å, ä and ö after z, case and other accents ignored.
///
/// Computed once when a name is projected, so that a page needs no collation.
enum SwedishOrder {
    static func key(_ text: String) -> String {
        var key = ""
        for character in text.lowercased() {
            switch character {
            case "å": key.append("{")
            case "ä", "æ": key.append("|")
            case "ö", "ø": key.append("}")
            case "ü": key.append("y")
            case let plain where plain.isASCII: key.append(plain)
            default:
                let base = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.first
                key.unicodeScalars.append(base ?? " ")
            }
        }
        return key
    }
}
