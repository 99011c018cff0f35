extension String {
    /// The most marks upon one letter in stream-safe text (UAX #15). No writing has more.
    static let mostMarks = 30

    /// Without the marks that are too many upon one letter: to put thousands of them in their order, as comparing and normalising do, takes
    /// the square of their number.
    var streamSafe: String {
        // Nothing below U+0300 is a mark.
        guard utf8.contains(where: { $0 >= 0xCC }) else { return self }
        var marks = 0
        var isSafe = true
        var safe = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            marks = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : marks + 1
            if marks > String.mostMarks { isSafe = false } else { safe.append(scalar) }
        }
        return isSafe ? self : String(safe)
    }
}
