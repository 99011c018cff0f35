/// Finds the end of a URL in typed text: before punctuation that belongs to the sentence around it, in any language.
package enum TypedLink {
    private static let openings: [Character: Character] = [
        ")": "(", "]": "[", "}": "{", "）": "（", "］": "［", "】": "【", "》": "《", "〉": "〈",
    ]

    /// - Parameter text: begins with the address.
    package static func address(at text: Substring) -> Substring {
        var address = text.prefix { !$0.isWhitespace && !isBoundary($0) }
        var brackets: [Character: Int] = [:]
        for character in address where openings[character] != nil || openings.values.contains(character) {
            brackets[character, default: 0] += 1
        }
        while let last = address.last {
            if let opening = openings[last] {
                // Removed only when it closes a bracket that was opened before the address.
                guard brackets[last, default: 0] > brackets[opening, default: 0] else { break }
                brackets[last, default: 0] -= 1
            } else if !endsSentences(last) {
                break
            }
            address.removeLast()
        }
        return address
    }

    /// Whether a character ends an address: quotation marks but the apostrophe, the ellipsis, and East Asian punctuation.
    private static func isBoundary(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return true }
        switch scalar.value {
        case 0x22, 0x3C, 0x3E, 0xAB, 0xBB: return true
        case 0x2018, 0x201A...0x201F, 0x2026, 0x2039, 0x203A: return true
        case 0x3001...0x3003, 0x300C...0x300F, 0x301D...0x301F: return true
        case 0xFF01, 0xFF02, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF61...0xFF64: return true
        default: return false
        }
    }

    private static func endsSentences(_ character: Character) -> Bool {
        ".,;:!?'’*_~`·•؛؟،。–—".contains(character)
            || character.unicodeScalars.first?.properties.generalCategory == .finalPunctuation
    }
}
