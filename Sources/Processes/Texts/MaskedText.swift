package import Accounts
package import Events

/// A text with every personal identity number masked, as its readers see it: the staff, and the parties of a case (P-12.3, P-17.2).
package struct MaskedText: Sendable {
    package let text: String
    package let holdsNumber: Bool

    static let mask = "[personnummer dolt]"

    package init(_ text: String, today: CalendarDate) {
        let found = PersonalIdentityNumber.occurrences(in: text, today: today)
        var masked = text
        for occurrence in found.reversed() { masked.replaceSubrange(occurrence.range, with: MaskedText.mask) }
        self.text = masked
        holdsNumber = !found.isEmpty
    }

    /// The numbers in a text, for comparison only; never shown.
    package static func numbers(in text: String, today: CalendarDate) -> [PersonalIdentityNumber] {
        PersonalIdentityNumber.occurrences(in: text, today: today).map(\.number)
    }
}

extension PersonalIdentityNumber {
    /// Shown in place of any number.
    package static let masked = "••••••••-••••"
}
