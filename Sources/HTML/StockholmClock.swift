package import Events
import Foundation

/// Date and time of day in Stockholm; computed without `Calendar` for speed, since a page needs it forty times, with the offset of the
/// time zone.
package struct StockholmClock: Sendable {
    package let date: CalendarDate?
    /// Days since 1 January 1970, to tell yesterday from today.
    package let day: Int
    package let hour: Int
    package let minute: Int

    private static let zone = Calendar.stockholm.timeZone

    package init(_ moment: Instant) {
        let seconds = Int(moment.milliseconds).flooredDivision(by: 1000).quotient
        let (days, rest) = (seconds + Self.zone.secondsFromGMT(for: moment.date)).flooredDivision(by: 86_400)
        let (year, month, day) = civilDay(days)
        date = CalendarDate(year: year, month: month, day: day)
        self.day = days
        hour = rest / 3600
        minute = rest / 60 % 60
    }

    /// `14.05`
    package var time: String { "\(hour / 10)\(hour % 10).\(minute / 10)\(minute % 10)" }
}

extension Instant {
    /// RFC 3339 in UTC and whole seconds, for feeds and `datetime` attributes.
    package var machineReadable: String {
        var html = HTMLWriter(now: self, capacity: 24)
        html.machineReadable(self)
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

extension HTMLWriter {
    package mutating func machineReadable(_ moment: Instant) {
        let seconds = Int(moment.milliseconds).flooredDivision(by: 1000).quotient
        let (days, rest) = seconds.flooredDivision(by: 86_400)
        let (year, month, day) = civilDay(days)
        digits(year)
        raw("-")
        twoDigits(month)
        raw("-")
        twoDigits(day)
        raw("T")
        twoDigits(rest / 3600)
        raw(":")
        twoDigits(rest / 60 % 60)
        raw(":")
        twoDigits(rest % 60)
        raw("Z")
    }

    package mutating func clock(_ clock: StockholmClock) {
        twoDigits(clock.hour)
        raw(".")
        twoDigits(clock.minute)
    }

    private mutating func twoDigits(_ number: Int) {
        digits(number / 10)
        digits(number % 10)
    }
}

/// The Gregorian day that is `days` after 1 January 1970 (Howard Hinnant's algorithm, with years that begin in March).
private func civilDay(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
}

extension Int {
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
