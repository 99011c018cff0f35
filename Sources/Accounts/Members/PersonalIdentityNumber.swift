package import Events

/// A personnummer, or a coordination number, with a birth date that is not in the future: always stored as twelve digits.
package struct PersonalIdentityNumber: Hashable, Sendable, Redacted {
    package let twelveDigits: String
    package let birthDate: CalendarDate

    package enum Problem: Error, Hashable, Sendable {
        case notANumber, noSuchDate, wrongControlDigit, notBornYet
    }

    /// Reads `YYYYMMDDNNNC` or `YYMMDDNNNC`, with or without `-` or `+` before the last four.
    ///
    /// For ten digits the century follows from `today`: `-` until the year of the hundredth birthday, `+` from it; without a sign, the
    /// latest date that is not in the future.
    package init(_ text: String, today: CalendarDate) throws(Problem) {
        let written = try Written(text)
        let candidates: [Int]
        if let year = written.year {
            candidates = [year]
        } else {
            let latest = today.year - (today.year - written.yearInCentury) % 100
            candidates =
                switch written.sign {
                case "+": [latest - 100]
                case "-": [latest]
                default: [latest, latest - 100]
                }
        }
        let dates = candidates.compactMap { CalendarDate(year: $0, month: written.month, day: written.day) }
        guard !dates.isEmpty else { throw .noSuchDate }
        guard written.hasControlDigit else { throw .wrongControlDigit }
        guard let birthDate = dates.first(where: { $0 <= today }) else { throw .notBornYet }
        self.birthDate = birthDate
        twelveDigits = "\(birthDate.year)" + written.lastTen.dropFirst(2)
    }

    /// Nil unless the text is the twelve digits of a number that was accepted earlier.
    package init?(twelveDigits: String) {
        guard let written = try? Written(twelveDigits), written.sign == nil, written.hasControlDigit,
            let year = written.year, let date = CalendarDate(year: year, month: written.month, day: written.day)
        else { return nil }
        self.twelveDigits = twelveDigits
        birthDate = date
    }

    /// Whether it is a coordination number, given by the tax agency to persons not registered in Sweden: the day is raised by 60.
    package var isCoordinationNumber: Bool { twelveDigits.dropFirst(6).first.map { $0 >= "6" } ?? false }

    /// Given by the next to last digit: even for women, odd for men.
    package var sex: Sex {
        twelveDigits.dropFirst(10).first?.wholeNumberValue.map { $0 % 2 == 0 } == true ? .female : .male
    }

    /// Ensures that a person has one account only.
    package var claim: Claim { Claim(.personalIdentityNumber, twelveDigits) }
}

extension Character {
    fileprivate var isDash: Bool {
        unicodeScalars.count == 1 && unicodeScalars.allSatisfy(PersonalIdentityNumber.dashes.contains)
    }
}

/// The digits as written.
private struct Written {
    let year: Int?
    let lastTen: String
    let sign: Character?

    init(_ text: String) throws(PersonalIdentityNumber.Problem) {
        var digits = ""
        var sign: Character?
        let characters = text.filter { !$0.isWhitespace }
        for (index, character) in characters.enumerated() {
            switch character {
            case "0"..."9" where character.isASCII: digits.append(character)
            case _ where character == "+" || character.isDash:
                guard sign == nil, index == characters.count - 5 else { throw .notANumber }
                sign = character == "+" ? "+" : "-"
            default: throw .notANumber
            }
        }
        guard digits.count == 12 || digits.count == 10 else { throw .notANumber }
        year = digits.count == 12 ? Int(digits.prefix(4)) : nil
        if let year, !(1800...2199).contains(year) { throw .notANumber }
        lastTen = String(digits.suffix(10))
        self.sign = sign
    }

    var yearInCentury: Int { number(at: 0) }
    var month: Int { number(at: 2) }
    /// Coordination numbers count the day from 61.
    var day: Int { number(at: 4) > 60 ? number(at: 4) - 60 : number(at: 4) }

    private func number(at offset: Int) -> Int { Int(lastTen.dropFirst(offset).prefix(2)) ?? 0 }

    /// Luhn's sum over all ten digits, the control digit last.
    var hasControlDigit: Bool {
        let sum = lastTen.compactMap(\.wholeNumberValue).enumerated().reduce(0) { sum, digit in
            let doubled = digit.offset % 2 == 0 ? digit.element * 2 : digit.element
            return sum + doubled / 10 + doubled % 10
        }
        return sum % 10 == 0
    }
}

extension PersonalIdentityNumber: SealedElement {
    package init?(recorded text: String) { self.init(twelveDigits: text) }
    package var recorded: String { twelveDigits }
}
