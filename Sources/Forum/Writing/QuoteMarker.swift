import Events

/// The typed form of a quote: `[citat 0z9…]` for the latest revision of a whole post, or `[citat 0z9… r2 0-140]`, alone on its line.
struct QuoteMarker {
    let post: PostID
    let place: (revision: Int, from: Int, to: Int)?

    init?(line: Substring) {
        var line = line
        while let last = line.last, last == " " || last == "\t" { line.removeLast() }
        guard line.hasPrefix("[citat "), line.hasSuffix("]") else { return nil }
        let words = line.dropFirst(7).dropLast().split(separator: " ", omittingEmptySubsequences: false)
        guard let first = words.first, let post = PostID(String(first)) else { return nil }
        self.post = post
        if words.count == 1 {
            place = nil
            return
        }
        guard words.count == 3, words[1].first == "r", let revision = QuoteMarker.number(words[1].dropFirst()) else {
            return nil
        }
        let range = words[2].split(separator: "-", omittingEmptySubsequences: false)
        guard range.count == 2, let from = QuoteMarker.number(range[0]), let to = QuoteMarker.number(range[1])
        else { return nil }
        place = (revision, from, to)
    }

    private static func number(_ digits: Substring) -> Int? {
        let isPlain = digits.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        return isPlain && (1...6).contains(digits.utf8.count) ? Int(digits) : nil
    }
}

extension Quote {
    /// The line that represents the quote in a form.
    package var marker: String { "[citat \(post) r\(revision) \(from)-\(to)]" }
}
