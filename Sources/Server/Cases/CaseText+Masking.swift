import Accounts
import Events

/// What was written in a case, without any personal identity number that somebody put there unasked (P-17.2).
struct MaskedText: Sendable {
    let text: String
    let holdsNumber: Bool

    /// With the century or without it, and whatever people put in the middle.
    private static var digits: Regex<Substring> {
        /\b(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}\b/.wordBoundaryKind(.simple)
    }

    static let mask = "[personnummer dolt]"

    init(_ text: String, today: CalendarDate) {
        var masked = text
        var isFound = false
        for match in text.matches(of: MaskedText.digits).reversed() {
            guard MaskedText.number(in: match.output, today: today) != nil else { continue }
            masked.replaceSubrange(match.range, with: MaskedText.mask)
            isFound = true
        }
        self.text = masked
        holdsNumber = isFound
    }

    /// Those that stand in a text, to be compared and never shown.
    static func numbers(in text: String, today: CalendarDate) -> [PersonalIdentityNumber] {
        text.matches(of: digits).compactMap {
            number(in: $0.output, today: today)
        }
    }

    private static func number(in text: Substring, today: CalendarDate) -> PersonalIdentityNumber? {
        try? PersonalIdentityNumber(text.filter { $0 != " " }, today: today)
    }
}
