import Events

/// What in somebody's own texts tells who wrote them: such texts are proposed for erasure when the others stay (P-16.1).
package struct OwnDetails: Sendable, Redacted {
    package enum Kind: String, CaseIterable, Sendable {
        case name, email, phone, personalIdentityNumber
    }

    private let names: [String]
    private let emails: [String]
    /// The ten last digits, without the century.
    private let number: String?

    /// Nil for somebody who is erased.
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

    /// Which of the details stand in a text.
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

    /// A part of the name with a capital letter, as a word or in the genitive; or the whole of it in any letters.
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
    /// Whether `part` stands in it, one after the other.
    fileprivate func holds(_ part: [String]) -> Bool {
        guard !part.isEmpty, count >= part.count else { return false }
        return indices.dropLast(part.count - 1).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}

/// Digits with nothing but a few spaces and strokes between them, as people write phone numbers: `070-123 45 67`, `19880917-2391`.
private struct DigitRun {
    let digits: String
    /// How many of them stand before the first stroke or space.
    let firstGroup: Int
    let sign: Character?

    /// The national ones begin with an area code of two (Stockholm's), three or four digits, or are written in one.
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

    /// With the century or without it.
    func isNumber(endingWith ten: String) -> Bool { ["", "18", "19", "20"].contains { digits == $0 + ten } }

    /// Every way to read a number out of a text, from each group of digits on.
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
    /// What stands right before it.
    let sign: Character?
    /// Whether only strokes and spaces part it from the group before.
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
