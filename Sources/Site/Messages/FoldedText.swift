import Foundation

/// A text without regard to case, in which words are looked for in one pass however they repeat themselves.
struct FoldedText {
    private let text: String
    private var bytes: [UInt8] = []
    /// Where each character begins, and where the last one ends.
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

    /// The first place of a word; whole characters only.
    func place(of word: String) -> Range<String.Index>? {
        let wanted = word.flatMap(FoldedText.folded)
        guard !wanted.isEmpty else { return nil }
        let borders = FoldedText.borders(of: wanted)
        var from = 0
        // A place within a character is none; there are not many of those.
        for _ in 0..<50 {
            guard let found = place(of: wanted, borders, from: from) else { return nil }
            if let start = character(at: found), let end = character(at: found + wanted.count) {
                let first = text.index(text.startIndex, offsetBy: start)
                return first..<text.index(first, offsetBy: end - start)
            }
            from = found + 1
        }
        return nil
    }

    /// By Knuth, Morris and Pratt: no byte is looked at again because what was found so far did not go on.
    private func place(of wanted: [UInt8], _ borders: [Int], from: Int) -> Int? {
        var matched = 0
        for index in bytes.indices.dropFirst(from) {
            while matched > 0, bytes[index] != wanted[matched] { matched = borders[matched - 1] }
            if bytes[index] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return index + 1 - matched }
        }
        return nil
    }

    /// For each beginning of a word, how long the longest shorter beginning is that it ends with.
    private static func borders(of word: [UInt8]) -> [Int] {
        var borders = [0]
        for index in word.indices.dropFirst() {
            var length = borders[index - 1]
            while length > 0, word[index] != word[length] { length = borders[length - 1] }
            borders.append(word[index] == word[length] ? length + 1 : 0)
        }
        return borders
    }

    /// The number of the character that begins there.
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
