import Events

/// Finds a member's personal details in her own texts: such texts are proposed for erasure when the others stay (P-16.1).
package struct OwnDetails: Sendable, Redacted {
    package enum Kind: String, CaseIterable, Sendable {
        case name, email, phone, personalIdentityNumber
    }

    private let names: [String]
    private let emails: [String]
    /// The ten last digits, without the century.
    private let number: String?

    /// Nil for an erased member.
    package init?(of account: Account) {
        guard let identity = account.identity.value.value else { return nil }
        self.init(
            name: identity.name.text,
            emails: [account.email, account.previousEmail?.email].compactMap { $0?.value.value?.text },
            number: identity.number.twelveDigits)
    }

    init(name: String, emails: [String], number: String?) {
        names = OwnDetails.words(of: name).map { $0.lowercased() }.filter { $0.count > 1 }
        self.emails = emails.map { $0.lowercased() }
        self.number = number.map { String($0.suffix(10)) }
    }

    /// The kinds of details that occur in a text.
    package func found(in text: String) -> Set<Kind> {
        var found: Set<Kind> = []
        if holdsName(text) { found.insert(.name) }
        let lowercased = text.lowercased()
        if emails.contains(where: lowercased.contains) { found.insert(.email) }
        let runs = DigitRun.all(in: text)
        if runs.contains(where: \.isPhoneNumber) { found.insert(.phone) }
        if let number, runs.contains(where: { $0.isNumber(endingWith: number) }) {
            found.insert(.personalIdentityNumber)
        }
        return found
    }

    /// Whether the text contains part of the name, capitalised, as a word or in the genitive; or the whole name in any case.
    private func holdsName(_ text: String) -> Bool {
        let words = OwnDetails.words(of: text)
        let isNamed = words.contains { word in
            guard word.first?.isUppercase == true else { return false }
            let word = word.lowercased()
            return names.contains { word == $0 || word == $0 + "s" }
        }
        return isNamed || words.map { $0.lowercased() }.holds(names)
    }

    private static func words(of text: String) -> [Substring] { text.split { !$0.isLetter } }
}

extension [String] {
    /// Whether `part` occurs in it as consecutive elements.
    fileprivate func holds(_ part: [String]) -> Bool {
        guard !part.isEmpty, count >= part.count else { return false }
        return indices.dropLast(part.count - 1).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}

/// Digits separated by at most a few spaces and strokes, as phone numbers are written: `070-123 45 67`, `19880917-2391`.
private struct DigitRun {
    let digits: String
    /// How many digits precede the first stroke or space.
    let firstGroup: Int
    let sign: Character?

    /// National numbers begin with an area code of two (Stockholm's), three or four digits, or are written without a separator.
    var isPhoneNumber: Bool {
        if let rest = international { return (7...10).contains(rest.drop { $0 == "0" }.count) }
        guard sign != "-", sign != ".", digits.hasPrefix("0"), !digits.hasPrefix("00"), (8...11).contains(digits.count)
        else { return false }
        return firstGroup >= 8 || [3, 4].contains(firstGroup) || digits.prefix(firstGroup) == "08"
    }

    private var international: Substring? {
        if sign == "+", digits.hasPrefix("46") { return digits.dropFirst(2) }
        return digits.hasPrefix("0046") ? digits.dropFirst(4) : nil
    }

    /// Matches with or without the century.
    func isNumber(endingWith ten: String) -> Bool { ["", "18", "19", "20"].contains { digits == $0 + ten } }

    /// All readings of numbers in a text, starting at each group of digits.
    static func all(in text: String) -> [DigitRun] {
        guard text.utf8.count(where: { (48...57).contains($0) }) >= 7 else { return [] }
        let groups = DigitGroup.all(in: text)
        return groups.indices.flatMap { start in
            var digits = ""
            var runs: [DigitRun] = []
            for group in groups[start...] {
                guard digits.isEmpty || group.continues, digits.count + group.digits.count <= 15 else { break }
                digits += group.digits
                if digits.count >= 8 {
                    runs.append(
                        DigitRun(digits: digits, firstGroup: groups[start].digits.count, sign: groups[start].sign))
                }
            }
            return runs
        }
    }
}

private struct DigitGroup {
    var digits = ""
    /// The character right before the group.
    let sign: Character?
    /// Whether only strokes and spaces separate it from the previous group.
    let continues: Bool

    static func all(in text: String) -> [DigitGroup] {
        var groups: [DigitGroup] = []
        var isInside = false
        var between: [Character] = []
        for character in text {
            if character.isASCII, character.isNumber {
                if !isInside {
                    let continues =
                        !groups.isEmpty && between.count <= 3 && between.allSatisfy(" \u{A0}-+–‐‑/().".contains)
                    groups.append(DigitGroup(sign: between.last, continues: continues))
                    between = []
                }
                isInside = true
                groups[groups.count - 1].digits.append(character)
            } else {
                isInside = false
                between.append(character)
            }
        }
        return groups
    }
}
