package import Foundation

/// A day of the Gregorian calendar, without a time: `2019-08-18`.
package struct CalendarDate: Hashable, Sendable, Comparable, LosslessStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.days(inMonth: month, of: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var description: String {
        let digits = { (value: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
    }

    package static func < (a: Self, b: Self) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

    /// Whole years from this day to `later`. In other years, a birthday on 29 February is on 28 February.
    package func wholeYears(until later: CalendarDate) -> Int {
        let birthday = min(day, CalendarDate.days(inMonth: month, of: later.year))
        return later.year - year - ((later.month, later.day) < (month, birthday) ? 1 : 0)
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Calendar {
    /// The calendar in which the policy counts its days and deadlines.
    package static let stockholm: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Stockholm") ?? .gmt
        calendar.locale = Locale(identifier: "sv_SE")
        return calendar
    }()
}

extension Instant {
    /// The day it is in Stockholm.
    package var stockholmDate: CalendarDate {
        let parts = Calendar.stockholm.dateComponents([.year, .month, .day], from: date)
        return CalendarDate(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1) ?? .epoch
    }
}

extension CalendarDate {
    static let epoch = CalendarDate(unchecked: 1970, 1, 1)

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The moment this day begins in Stockholm.
    package var startInStockholm: Instant {
        let parts = DateComponents(year: year, month: month, day: day)
        return Instant(Calendar.stockholm.date(from: parts) ?? .distantPast)
    }

    /// The last millisecond of this day in Stockholm.
    package var endInStockholm: Instant {
        Instant(milliseconds: startInStockholm.adding(Period(days: 1)).milliseconds - 1)
    }
}
