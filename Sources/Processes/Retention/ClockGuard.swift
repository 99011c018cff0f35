import Events

/// Notices when the machine's clock has jumped, so that nothing is erased because of a wrong date.
struct ClockGuard: Sendable {
    /// A jump of more than this is a jump; sleeping machines and leap seconds are not.
    static let tolerance: Duration = .seconds(6 * 3600)
    /// After so long without another jump the new time is believed.
    static let timeout: Duration = .seconds(24 * 3600)

    private var last: (wall: Instant, monotonic: Duration)?
    private var distrustedSince: Duration?

    /// - Parameter monotonic: since any moment, by a clock that nobody sets.
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
