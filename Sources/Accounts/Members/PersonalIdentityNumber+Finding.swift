package import Events

extension PersonalIdentityNumber {
    /// Dashes of all lengths, and the minus sign.
    static let dashes: Set<Unicode.Scalar> = [
        "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}",
        "\u{FF0D}",
    ]

    /// Every number that occurs in a text, in any notation: next to letters, in any script's digits, with dashes, spaces, line breaks,
    /// stops, slashes or invisible characters between its parts.
    ///
    /// Digits grouped like a telephone number do not count.
    package static func occurrences(
        in text: String, today: CalendarDate
    ) -> [(range: Range<String.Index>, number: PersonalIdentityNumber)] {
        var found: [(range: Range<String.Index>, number: PersonalIdentityNumber)] = []
        for run in DigitRun.all(in: text) {
            var first = 0
            while first < run.groups.count {
                if let (last, number) = run.number(from: first, today: today) {
                    found.append((run.groups[first].range.lowerBound..<run.groups[last].range.upperBound, number))
                    first = last + 1
                } else {
                    first += 1
                }
            }
        }
        return found
    }
}

/// Groups of digits with only separators between them.
private struct DigitRun {
    struct Group {
        var digits: String
        var range: Range<String.Index>
        /// The separators before it in the run; empty for the first.
        var separators: [Unicode.Scalar]
    }

    private(set) var groups: [Group] = []

    /// Enough for spaces around a dash, but not for a paragraph break.
    private static let mostSeparators = 4
    private static let others: Set<Unicode.Scalar> = ["+", ".", "/", "_", ":", "·", "\u{2022}"]

    static func all(in text: String) -> [DigitRun] {
        var runs: [DigitRun] = []
        var run = DigitRun()
        var separators: [Unicode.Scalar] = []
        func end() {
            if !run.groups.isEmpty { runs.append(run) }
            run = DigitRun()
            separators = []
        }
        var index = text.unicodeScalars.startIndex
        while index < text.unicodeScalars.endIndex {
            let scalar = text.unicodeScalars[index]
            let next = text.unicodeScalars.index(after: index)
            if let digit = scalar.decimalDigit {
                run.add(digit, at: index..<next, after: separators)
                separators = []
            } else if scalar.properties.isWhitespace || PersonalIdentityNumber.dashes.contains(scalar)
                || others.contains(scalar)
            {
                separators.append(scalar)
                if separators.count > mostSeparators { end() }
            } else if !scalar.cannotBeSeen {
                end()
            }
            index = next
        }
        end()
        return runs
    }

    private mutating func add(_ digit: Int, at range: Range<String.Index>, after separators: [Unicode.Scalar]) {
        if separators.isEmpty, !groups.isEmpty {
            groups[groups.count - 1].digits += String(digit)
            groups[groups.count - 1].range = groups[groups.count - 1].range.lowerBound..<range.upperBound
        } else {
            groups.append(Group(digits: String(digit), range: range, separators: groups.isEmpty ? [] : separators))
        }
    }

    /// The number that begins with a group, and the group that ends it; twelve digits are preferred to ten.
    func number(from first: Int, today: CalendarDate) -> (last: Int, number: PersonalIdentityNumber)? {
        var candidates: [(last: Int, digits: String)] = []
        var digits = ""
        for last in first..<groups.count {
            digits += groups[last].digits
            if digits.count > 12 { break }
            if digits.count == 10 || digits.count == 12 { candidates.append((last, digits)) }
        }
        for (last, digits) in candidates.reversed() where isGrouped(first...last, count: digits.count) {
            let signs: [String] = isOld(first...last) ? ["+", ""] : ["", "-"]
            for sign in signs {
                let written = digits.dropLast(4) + sign + digits.suffix(4)
                if let number = try? PersonalIdentityNumber(String(written), today: today) { return (last, number) }
            }
        }
        return nil
    }

    /// Whether a plus precedes the last four digits, which is used from the year of the hundredth birthday.
    private func isOld(_ range: ClosedRange<Int>) -> Bool {
        range.upperBound > range.lowerBound && groups[range.upperBound].digits.count == 4
            && groups[range.upperBound].separators.contains("+")
    }

    /// Whether the groups end where a date's parts end, or all but the last four digits are spaced out arbitrarily. A telephone number
    /// begins with a zero, and its groups end elsewhere.
    private func isGrouped(_ range: ClosedRange<Int>, count: Int) -> Bool {
        var ends: Set<Int> = []
        var length = 0
        for group in groups[range].dropLast() {
            length += group.digits.count
            ends.insert(length)
        }
        if ends.isSubset(of: count == 12 ? [2, 4, 6, 8] : [2, 4, 6]) { return true }
        let isSpaced = groups[range].dropFirst().allSatisfy { group in
            group.separators.allSatisfy(\.properties.isWhitespace)
        }
        let isMarked =
            ends.contains(count - 4)
            && groups[range].dropFirst().contains { group in
                group.separators.contains { PersonalIdentityNumber.dashes.contains($0) || $0 == "+" }
            }
        return (isSpaced || isMarked) && groups[range.lowerBound].digits.first != "0"
    }
}

extension Unicode.Scalar {
    fileprivate var decimalDigit: Int? {
        guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
        return Int(value)
    }

    /// Zero-width characters, soft hyphens, direction marks.
    fileprivate var cannotBeSeen: Bool {
        properties.generalCategory == .format || properties.isDefaultIgnorableCodePoint
    }
}
