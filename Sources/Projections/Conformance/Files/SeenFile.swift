import Events

/// What a file next to the log held. It was read after the log had reached a position, and is judged by the log up to there and, for what
/// happened in between, by the rest of it.
protocol SeenFile {
    /// The log's head just before the file was read.
    var position: Int { get }

    /// The checks that it is the evidence for.
    static var checks: [InvariantName] { get }

    /// Receives the events up to `position`.
    mutating func take(_ event: AuditedEvent)

    /// - Parameters:
    ///   - history: up to `position`.
    ///   - now: the time of the judgement.
    func check(_ history: History, at now: Instant, _ found: inout FoundViolations) throws

    /// For what may have happened while the file was read.
    /// - Parameter history: the whole log.
    func checkAtEnd(_ history: History, _ found: inout FoundViolations)
}

extension SeenFile {
    mutating func take(_ event: AuditedEvent) {}
    func checkAtEnd(_ history: History, _ found: inout FoundViolations) {}
}

/// The violations of several checks.
struct FoundViolations {
    private(set) var byCheck: [InvariantName: Violations]

    init(_ byCheck: [InvariantName: Violations]) { self.byCheck = byCheck }

    init(of checks: [InvariantName]) {
        byCheck = Dictionary(uniqueKeysWithValues: checks.map { ($0, Violations()) })
    }

    mutating func add(_ check: InvariantName, _ what: String, at position: Int, of member: MemberID? = nil) {
        byCheck[check, default: Violations()].add(what, at: position, of: member)
    }
}
