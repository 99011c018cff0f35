package import Accounts
package import Events

/// What was written in a case, without any personal identity number that somebody put there unasked (P-17.2).
package struct MaskedText: Sendable {
    package let text: String
    let holdsNumber: Bool

    static let mask = "[personnummer dolt]"

    package init(_ text: String, today: CalendarDate) {
        let found = PersonalIdentityNumber.occurrences(in: text, today: today)
        var masked = text
        for occurrence in found.reversed() { masked.replaceSubrange(occurrence.range, with: MaskedText.mask) }
        self.text = masked
        holdsNumber = !found.isEmpty
    }

    /// Those that stand in a text, to be compared and never shown.
    package static func numbers(in text: String, today: CalendarDate) -> [PersonalIdentityNumber] {
        PersonalIdentityNumber.occurrences(in: text, today: today).map(\.number)
    }
}
