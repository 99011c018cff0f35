package import Foundation

/// A moment, in milliseconds since 1970 UTC.
package struct Instant: Hashable, Sendable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package init(_ date: Date) { self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded(.down))) }

    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

    package func advanced(seconds: Double) -> Instant { Instant(milliseconds: milliseconds + Int64(seconds * 1000)) }
}

extension Instant: LosslessStringConvertible {
    /// RFC 3339 in UTC: `2026-11-22T18:30:00.000Z`; without milliseconds or with an offset is read as well.
    package init?(_ text: String) {
        let exact = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? exact.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else { return nil }
        self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    package var description: String {
        // The style truncates, which would lose a millisecond where floating point has rounded down.
        let fraction = ((milliseconds % 1000) + 1000) % 1000
        let whole = Instant(milliseconds: milliseconds - fraction).date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: false).timeZone(separator: .omitted))
        let digits = String(1000 + fraction).dropFirst()
        return "\(whole.dropLast()).\(digits)Z"
    }
}

/// The source of the time: the machine's clock, or a test.
package struct Clock: Sendable {
    package let now: @Sendable () -> Instant

    package init(now: @escaping @Sendable () -> Instant) { self.now = now }

    package static let system = Clock { Instant(Date()) }
}
