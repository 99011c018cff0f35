package import Events

/// Something that the policy promises and that the whole log must bear out: a fold over the events, which remembers only what it needs.
protocol Invariant: Sendable {
    static var name: InvariantName { get }

    /// Which events it is told of.
    static var sources: Set<ProjectedEvent.Source> { get }

    init()

    /// - Parameter history: up to the event before this one.
    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations)

    /// What should have happened by now.
    /// - Parameter now: when it is judged; the last event may lie long before.
    func conclude(_ history: History, at now: Instant, _ violations: inout Violations)
}

extension Invariant {
    static var sources: Set<ProjectedEvent.Source> { [.accounts] }
    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {}
    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {}
}

/// An event, or its absence, that breaks a promise. Codes and ids; nothing about anybody.
package struct Violation: Hashable, Sendable {
    package let position: Int
    package let member: MemberID?
    /// In English, for the command line.
    package let what: String
}

/// What an invariant has found. Only the first are kept.
package struct Violations: Sendable {
    package static let most = 100

    package private(set) var first: [Violation] = []
    package private(set) var count = 0

    package init() {}

    mutating func add(_ what: String, at position: Int, of member: MemberID? = nil) {
        count += 1
        guard first.count < Violations.most else { return }
        first.append(Violation(position: position, member: member, what: what))
    }
}

/// How long after its time something may be done without being late: the regular work comes round once an hour.
enum Leeway {
    static let regularWork: Double = 2 * 3600
    /// An erasure has files to rewrite, and readers to wait for.
    static let erasing: Double = 24 * 3600
}

extension Instant {
    /// What was due by now, by the rules that held then, should be done at `self`: a version that shortens a time makes nothing late at once.
    var lastLate: Instant { advanced(seconds: -Leeway.regularWork) }

    /// Whether something that was due now is late at a moment.
    func isLate(at now: Instant, after leeway: Double = Leeway.regularWork) -> Bool { advanced(seconds: leeway) < now }
}
