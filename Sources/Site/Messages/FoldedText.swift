import Foundation

/// A case-folded text, in which a word is searched for in linear time even when the text is repetitive.
struct FoldedText {
    private let text: String
    private var bytes: [UInt8] = []
    /// The byte offsets at which each character begins, and the offset at which the last one ends.
    private var starts: [Int] = []

    init(_ text: String) {
        self.text = text
        bytes.reserveCapacity(text.utf8.count)
        for character in text {
            starts.append(bytes.count)
            bytes += FoldedText.folded(character)
        }
        starts.append(bytes.count)
    }

    /// The first occurrence of a word that begins and ends at character boundaries.
    func place(of word: String) -> Range<String.Index>? {
        let wanted = word.flatMap(FoldedText.folded)
        guard !wanted.isEmpty else { return nil }
        // Knuth–Morris–Pratt search: neither a failed partial match nor a match inside a character goes back in `bytes`.
        let borders = FoldedText.borders(of: wanted)
        var matched = 0
        for index in bytes.indices {
            while matched > 0, bytes[index] != wanted[matched] { matched = borders[matched - 1] }
            if bytes[index] == wanted[matched] { matched += 1 }
            guard matched == wanted.count else { continue }
            if let start = character(at: index + 1 - matched), let end = character(at: index + 1) {
                let first = text.index(text.startIndex, offsetBy: start)
                return first..<text.index(first, offsetBy: end - start)
            }
            matched = borders[matched - 1]
        }
        return nil
    }

    /// The failure table of Knuth–Morris–Pratt: for each prefix of a word, the length of its longest proper prefix that is also a suffix.
    private static func borders(of word: [UInt8]) -> [Int] {
        var borders = [0]
        for index in word.indices.dropFirst() {
            var length = borders[index - 1]
            while length > 0, word[index] != word[length] { length = borders[length - 1] }
            borders.append(word[index] == word[length] ? length + 1 : 0)
        }
        return borders
    }

    /// The index of the character that begins at a byte offset; nil if none does.
    private func character(at offset: Int) -> Int? {
        var (low, high) = (0, starts.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return starts[low] == offset ? low : nil
    }

    private static func folded(_ character: Character) -> [UInt8] {
        if let ascii = character.asciiValue { return [(65...90).contains(ascii) ? ascii + 32 : ascii] }
        return Array(character.lowercased().precomposedStringWithCanonicalMapping.utf8)
    }
}
