extension String {
    /// The maximum number of marks on one letter in stream-safe text (UAX #15). No writing system has more.
    static let mostMarks = 30

    /// The text without the marks beyond that maximum: comparing and normalising sort the marks of a letter, in quadratic time for
    /// thousands of them.
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
