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
        var from = 0
        // A place within a character is none; there are not many of those.
        for _ in 0..<50 {
            guard let found = place(of: wanted, from: from) else { return nil }
            if let start = character(at: found), let end = character(at: found + wanted.count) {
                let first = text.index(text.startIndex, offsetBy: start)
                return first..<text.index(first, offsetBy: end - start)
            }
            from = found + 1
        }
        return nil
    }

    private func place(of wanted: [UInt8], from: Int) -> Int? {
        guard !wanted.isEmpty else { return nil }
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, from < bytes.count,
                let found = memmem(base + from, bytes.count - from, wanted, wanted.count)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
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
