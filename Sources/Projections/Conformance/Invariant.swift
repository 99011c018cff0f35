package import Events

/// A promise of the policy that the whole log must satisfy: a fold over the events that keeps only the state it needs.
protocol Invariant: Sendable {
    static var name: InvariantName { get }

    /// The sources of the events that it receives.
    static var sources: Set<ProjectedEvent.Source> { get }

    init()

    /// - Parameter history: up to the event before this one.
    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations)

    /// Receives an event that this program cannot read.
    mutating func takeUnreadable(_ event: RecordedEvent, _ violations: inout Violations)

    /// Checks what should have happened by now.
    /// - Parameter now: the time of the judgement; the last event may be much older.
    func conclude(_ history: History, at now: Instant, _ violations: inout Violations)
}

extension Invariant {
    static var sources: Set<ProjectedEvent.Source> { [.accounts] }
    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {}
    mutating func takeUnreadable(_ event: RecordedEvent, _ violations: inout Violations) {}
    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {}
}

/// An event, or a missing event, that breaks a promise. Holds codes and ids only, no personal data.
package struct Violation: Hashable, Sendable {
    package let position: Int
    package let member: MemberID?
    /// In English, for the command line.
    package let what: String
}

/// The violations that an invariant has found; only the first ones are kept.
package struct Violations: Sendable {
    package static let most = 100

    package private(set) var first: [Violation] = []
    package private(set) var count = 0
    /// The positions of the first and the last breach; nil when there is none.
    package private(set) var span: ClosedRange<Int>?

    package init() {}

    mutating func add(_ what: String, at position: Int, of member: MemberID? = nil) {
        count += 1
        span = min(span?.lowerBound ?? position, position)...max(span?.upperBound ?? position, position)
        guard first.count < Violations.most else { return }
        first.append(Violation(position: position, member: member, what: what))
    }
}

/// How many seconds after its due time something counts as late: the hourly jobs run once an hour.
enum Leeway {
    static let hourlyJobs: Double = 2 * 3600
    /// An erasure has to rewrite files and to wait for readers.
    static let erasing: Double = 24 * 3600
}

extension Instant {
    /// The latest due time that is late at `self`. Due times are also judged by the rules in force then, so that a version that shortens a
    /// time limit makes nothing late at once.
    var lastLate: Instant { advanced(seconds: -Leeway.hourlyJobs) }

    /// Whether something due at `self` is late at `now`.
    func isLate(at now: Instant, after leeway: Double = Leeway.hourlyJobs) -> Bool { advanced(seconds: leeway) < now }
}
