import ArgumentParser
import Events

extension Instant {
    /// Parses a time typed after an option: RFC 3339, or a day, which begins at midnight in Stockholm.
    /// - Throws: `CommandFailure` with status 2.
    init(typed text: String) throws {
        if let day = CalendarDate(text) {
            self = day.startInStockholm
        } else if let instant = Instant(text) {
            self = instant
        } else {
            throw CommandFailure.usage("'\(text)' is no time; write 2026-03-10 or 2026-03-10T12:00:00Z")
        }
    }
}
