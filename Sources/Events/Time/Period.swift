import Foundation

/// A duration of ISO 8601 (`P1Y`, `P7D`, `PT48H`), counted in Stockholm's calendar: years and months first, then days, then exact time.
package struct Period: Hashable, Sendable, LosslessStringConvertible {
    package var years = 0
    package var months = 0
    package var days = 0
    package var hours = 0
    package var minutes = 0
    package var seconds = 0

    package init(days: Int) { self.days = days }

    package init(years: Int) { self.years = years }

    package init?(_ text: String) {
        guard text.first == "P", text.count > 1, text.last != "T" else { return nil }
        var inTime = false
        var digits = ""
        var lastUnit = -1
        for character in text.dropFirst() {
            if character == "T", !inTime, digits.isEmpty { inTime = true; continue }
            if character.isASCII, character.isNumber { digits.append(character); continue }
            guard let value = Int(digits), value < 100_000 else { return nil }
            let unit: (order: Int, field: WritableKeyPath<Period, Int>)
            switch (character, inTime) {
            case ("Y", false): unit = (0, \.years)
            case ("M", false): unit = (1, \.months)
            case ("W", false), ("D", false): unit = (2, \.days)
            case ("H", true): unit = (3, \.hours)
            case ("M", true): unit = (4, \.minutes)
            case ("S", true): unit = (5, \.seconds)
            default: return nil
            }
            guard unit.order > lastUnit else { return nil }
            lastUnit = unit.order
            self[keyPath: unit.field] = character == "W" ? value * 7 : value
            digits = ""
        }
        guard digits.isEmpty, lastUnit >= 0 else { return nil }
    }

    package var description: String {
        let date = [(years, "Y"), (months, "M"), (days, "D")].filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        let time = [(hours, "H"), (minutes, "M"), (seconds, "S")].filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return date.isEmpty && time.isEmpty ? "PT0S" : "P" + date + (time.isEmpty ? "" : "T" + time)
    }
}

extension Instant {
    /// This moment plus the period; 29 February plus a year is 28 February at the same time of day.
    package func adding(_ period: Period) -> Instant { moved(by: period, 1) }

    /// This moment minus the period.
    package func subtracting(_ period: Period) -> Instant { moved(by: period, -1) }

    private func moved(by period: Period, _ sign: Int) -> Instant {
        let calendar = Calendar.stockholm
        let months = DateComponents(year: sign * period.years, month: sign * period.months)
        let monthly = calendar.date(byAdding: months, to: date) ?? date
        let daily = calendar.date(byAdding: .day, value: sign * period.days, to: monthly) ?? monthly
        let rest = Int64(sign * (period.hours * 3600 + period.minutes * 60 + period.seconds)) * 1000
        return Instant(milliseconds: Int64((daily.timeIntervalSince1970 * 1000).rounded()) + rest)
    }
}
