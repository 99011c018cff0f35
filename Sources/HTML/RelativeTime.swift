package import Events

/// A past time in words: minutes or hours ago when it is recent, otherwise a date.
package struct RelativeTime: Sendable {
    package let words: String
    /// The full date and time: `12 mars 2026 kl. 14.05`.
    package let exact: String

    package init(_ moment: Instant, now: Instant) {
        let clock = StockholmClock(moment)
        words = RelativeTime.text(at: now) { $0.words(for: moment, clock) }
        exact = RelativeTime.text(at: now) { $0.exactly(clock) }
    }

    private static func text(at now: Instant, _ write: (inout HTMLWriter) -> Void) -> String {
        var html = HTMLWriter(now: now, capacity: 64)
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

/// Dates in Swedish.
package enum SwedishDate {
    private static let months = [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
        "december",
    ]

    /// `12 mars 2026`
    package static func long(_ date: CalendarDate) -> String { "\(short(date)) \(date.year)" }

    /// `12 mars`
    package static func short(_ date: CalendarDate) -> String { "\(date.day) \(month(date))" }

    package static func month(_ date: CalendarDate) -> String { months[date.month - 1] }

    /// `mars 2026`
    package static func monthAndYear(_ date: CalendarDate) -> String { "\(month(date)) \(date.year)" }
}

extension HTMLWriter {
    /// A time in words, with the exact time in `datetime` and in the tooltip.
    package mutating func time(_ moment: Instant) {
        let clock = StockholmClock(moment)
        raw("<time datetime=\"")
        machineReadable(moment)
        raw("\" title=\"")
        exactly(clock)
        raw("\">")
        words(for: moment, clock)
        raw("</time>")
    }

    /// The full date and time: `12 mars 2026 kl. 14.05`.
    package mutating func exactTime(_ moment: Instant) {
        raw("<time datetime=\"")
        machineReadable(moment)
        raw("\">")
        exactly(StockholmClock(moment))
        raw("</time>")
    }

    /// A date: `12 mars 2026`.
    package mutating func date(_ date: CalendarDate) {
        raw("<time datetime=\"")
        text(date.description)
        raw("\">")
        text(SwedishDate.long(date))
        raw("</time>")
    }

    fileprivate mutating func exactly(_ clock: StockholmClock) {
        day(clock, withYear: true)
        raw(" kl. ")
        self.clock(clock)
    }

    fileprivate mutating func words(for moment: Instant, _ clock: StockholmClock) {
        let seconds = Int(now.milliseconds - moment.milliseconds) / 1000
        switch seconds {
        case ..<(-60): exactly(clock)
        case ..<60: raw("nyss")
        case ..<120: raw("för en minut sedan")
        case ..<3600: ago(seconds / 60, " minuter sedan")
        case ..<7200 where clock.day == today.day: raw("för en timme sedan")
        case _ where clock.day == today.day: ago(seconds / 3600, " timmar sedan")
        case _ where clock.day == today.day - 1:
            raw("i går ")
            self.clock(clock)
        default: day(clock, withYear: clock.date?.year != today.date?.year)
        }
    }

    private mutating func ago(_ count: Int, _ unit: StaticString) {
        raw("för ")
        text(SwedishNumber.inWords(count))
        raw(unit)
    }

    private mutating func day(_ clock: StockholmClock, withYear: Bool) {
        guard let date = clock.date else { return }
        digits(date.day)
        raw(" ")
        text(SwedishDate.month(date))
        guard withYear else { return }
        raw(" ")
        digits(date.year)
    }
}
