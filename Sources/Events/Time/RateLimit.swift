/// How often one address or one account may do something: `count` at once, refilled evenly over the period.
package struct RateLimit: Hashable, Sendable, LosslessStringConvertible {
    package enum Period: String, Sendable { case minute, hour, day }

    package let count: Int
    package let period: Period

    package init(_ count: Int, per period: Period) {
        self.count = count
        self.period = period
    }

    /// `60 per minute`
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "per", let count = Int(words[0]), count > 0,
            let period = Period(rawValue: String(words[2]))
        else { return nil }
        self.init(count, per: period)
    }

    package var description: String { "\(count) per \(period.rawValue)" }

    package var milliseconds: Int64 {
        switch period {
        case .minute: 60_000
        case .hour: 3_600_000
        case .day: 86_400_000
        }
    }

    package var millisecondsPerToken: Double { Double(milliseconds) / Double(count) }
}
