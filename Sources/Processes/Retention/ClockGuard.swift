import Events

/// Detects jumps of the machine's clock, so that nothing is erased because of a wrong date.
struct ClockGuard: Sendable {
    /// Larger differences count as a jump; suspended machines and leap seconds stay below.
    static let tolerance: Duration = .seconds(6 * 3600)
    /// The time without another jump after which the new time is trusted.
    static let timeout: Duration = .seconds(24 * 3600)

    private var last: (wall: Instant, monotonic: Duration)?
    private var distrustedSince: Duration?

    /// - Parameter monotonic: the time since any fixed moment, by a clock that cannot be set.
    /// - Returns: whether the time can be acted upon.
    mutating func trusts(_ wall: Instant, at monotonic: Duration) -> Bool {
        if let last {
            let passed = monotonic - last.monotonic
            let claimed = Duration.milliseconds(wall.milliseconds - last.wall.milliseconds)
            if claimed - passed > ClockGuard.tolerance || passed - claimed > ClockGuard.tolerance {
                distrustedSince = monotonic
            }
        }
        last = (wall, monotonic)
        if let since = distrustedSince, monotonic - since >= ClockGuard.timeout { distrustedSince = nil }
        return distrustedSince == nil
    }
}
