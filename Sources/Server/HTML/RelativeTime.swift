import Events

/// How long ago something was, in words: exact while it is fresh, a date when it is old.
struct RelativeTime: Sendable {
    let words: String
    /// The moment in full, for whoever wants to know exactly.
    let exact: String

    init(_ moment: Instant, now: Instant) {
        let clock = StockholmClock(moment)
        let today = StockholmClock(now)
        let seconds = (now.milliseconds - moment.milliseconds) / 1000
        let day = clock.date.map { SwedishDate.long($0) } ?? ""
        exact = "\(day) kl. \(clock.time)"
        switch seconds {
        case ..<(-60): words = exact
        case ..<60: words = "nyss"
        case ..<120: words = "för 1 minut sedan"
        case ..<3600: words = "för \(seconds / 60) minuter sedan"
        case _ where clock.day == today.day:
            words = seconds < 7200 ? "för 1 timme sedan" : "för \(seconds / 3600) timmar sedan"
        case _ where clock.day == today.day - 1:
            words = "i går \(clock.time)"
        case _ where clock.date?.year == today.date?.year:
            words = clock.date.map { SwedishDate.short($0) } ?? ""
        default: words = day
        }
    }
}

/// A day in words.
enum SwedishDate {
    private static let months = [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
        "december",
    ]

    /// `12 mars 2026`
    static func long(_ date: CalendarDate) -> String { "\(short(date)) \(date.year)" }

    /// `12 mars`
    static func short(_ date: CalendarDate) -> String { "\(date.day) \(months[date.month - 1])" }
}

extension HTMLWriter {
    /// A moment in words, with the exact one for machines and on hovering.
    mutating func time(_ moment: Instant) {
        let told = RelativeTime(moment, now: now)
        raw("<time datetime=\"")
        text(moment.machineReadable)
        raw("\" title=\"")
        text(told.exact)
        raw("\">")
        text(told.words)
        raw("</time>")
    }

    /// A moment in full: `12 mars 2026 kl. 14:05`.
    mutating func exactTime(_ moment: Instant) {
        raw("<time datetime=\"")
        text(moment.machineReadable)
        raw("\">")
        text(RelativeTime(moment, now: now).exact)
        raw("</time>")
    }

    /// A day: `12 mars 2026`.
    mutating func date(_ date: CalendarDate) {
        raw("<time datetime=\"")
        text(date.description)
        raw("\">")
        text(SwedishDate.long(date))
        raw("</time>")
    }
}
