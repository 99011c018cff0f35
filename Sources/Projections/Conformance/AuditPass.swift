import Events

/// One pass over a log, in progress.
struct AuditPass {
    struct Checked {
        let type: any Invariant.Type
        var invariant: any Invariant
        var violations = Violations()

        init(_ type: any Invariant.Type) {
            self.type = type
            invariant = type.init()
        }

        mutating func take(_ event: AuditedEvent, after history: History) {
            invariant.take(event, after: history, &violations)
        }

        mutating func takeUnreadable(_ event: RecordedEvent) { invariant.takeUnreadable(event, &violations) }

        /// The violations so far and, beyond them, what should have happened by now.
        func concluded(_ history: History, at now: Instant) -> Violations {
            var all = violations
            invariant.conclude(history, at: now, &all)
            return all
        }
    }

    private(set) var position = 0
    private let history: History
    private var checked: [Checked]
    /// The indices of the invariants that receive events from each source.
    private let listeners: [ProjectedEvent.Source: [Int]]
    /// The files that the pass has not reached yet: each is judged by the log up to its position.
    private var files: [any SeenFile]
    private let filesJudgedAt: Instant
    /// Those that were judged, to be looked at again with the whole log.
    private var judgedFiles: [any SeenFile] = []
    /// What the files show that were judged.
    private var shown: [InvariantName: Violations] = [:]
    private var unnamed = Violations()
    private var evidence: [String: Conformance.Evidence] = [:]
    private var unreadable: [Int] = []
    /// The daily verdicts on the files, by the log.
    private var fileVerdicts: [(verdict: FilesJudged, position: Int, time: Instant)] = []

    init(_ invariants: [any Invariant.Type], _ history: History, _ files: FileEvidence) {
        let checked = invariants.map { Checked($0) }
        self.history = history
        self.checked = checked
        self.files = files.seen
        filesJudgedAt = files.judgedAt
        listeners = Dictionary(
            uniqueKeysWithValues: ProjectedEvent.Source.allCases.map { source in
                (source, checked.indices.filter { checked[$0].type.sources.contains(source) })
            })
    }

    mutating func take(_ recorded: RecordedEvent) throws {
        position = recorded.position
        evidence[recorded.type.name, default: .init()].note(recorded)
        if EventTag.of(recorded.type).map({ recorded.type.schema > $0.schema }) ?? true {
            unnamed.add("the register does not name \(recorded.type)", at: recorded.position)
        }
        do {
            let event = try AuditedEvent(recorded)
            history.advance(to: recorded.time)
            for index in listeners[event.kind.source] ?? [] {
                checked[index].take(event, after: history)
            }
            for index in files.indices { files[index].take(event) }
            history.take(event)
            if let verdict = try FilesJudged(recorded) { fileVerdicts.append((verdict, position, recorded.time)) }
        } catch {
            if unreadable.count < Violations.most { unreadable.append(recorded.position) }
            for index in checked.indices { checked[index].takeUnreadable(recorded) }
        }
        try judgeFiles()
    }

    /// Judges the files whose position is reached.
    mutating func judgeFiles() throws {
        guard files.contains(where: { $0.position <= position }) else { return }
        for file in files where file.position <= position {
            var found = FoundViolations(of: type(of: file).checks)
            try file.check(history, at: filesJudgedAt, &found)
            shown.merge(found.byCheck) { $1 }
        }
        judgedFiles += files.filter { $0.position <= position }
        files.removeAll { $0.position <= position }
    }

    /// Begins a period in which only its own breaches count.
    mutating func forgetViolations() {
        for index in checked.indices { checked[index].violations = Violations() }
        unnamed = Violations()
    }

    /// The checks of files that are newer than the log, or missing, are not made.
    /// - Parameter files: the period whose daily verdicts tell what files held that were not read.
    func conclude(at now: Instant, files: ClosedRange<Instant>? = nil) -> Conformance {
        history.advance(to: now)
        var found = FoundViolations(shown)
        for file in judgedFiles { file.checkAtEnd(history, &found) }
        var outcomes = found.byCheck.mapValues(Conformance.Outcome.init)
        if let files { outcomes.merge(fileOutcomes(in: files)) { read, _ in read } }
        // Where none was ever made, none can be too old.
        if evidence[OperationEventName.backupBegun.rawValue] == nil, outcomes[.backupsGo]?.violations == nil {
            outcomes[.backupsGo] = .holds
        }
        outcomes[.eventsHaveAPurpose] = Conformance.Outcome(unnamed)
        for checked in checked {
            outcomes[checked.type.name] = Conformance.Outcome(checked.concluded(history, at: now))
        }
        return Conformance(
            judgedAt: now, head: position, policy: history.policies.document, outcomes: outcomes,
            evidence: evidence, unreadable: unreadable)
    }

    /// What the daily verdicts of a period say: one breach breaks it, and without a verdict a day is not proved.
    private func fileOutcomes(in period: ClosedRange<Instant>) -> [InvariantName: Conformance.Outcome] {
        let verdicts = fileVerdicts.filter { period.contains($0.time) }
        var days = Set<CalendarDate>()
        var day = period.lowerBound
        while day <= period.upperBound {
            days.insert(day.stockholmDate)
            day = day.advanced(seconds: 23 * 3600)
        }
        days.insert(period.upperBound.stockholmDate)
        var outcomes: [InvariantName: Conformance.Outcome] = [:]
        for check in InvariantName.allCases where check.evidence != .log {
            var violations = Violations()
            for judged in verdicts where judged.verdict.broken.contains(check.code) {
                violations.add("the files broke it on \(judged.time.stockholmDate)", at: judged.position)
            }
            let known = verdicts.filter { $0.verdict.held.contains(check.code) }.map(\.time.stockholmDate)
            let missing = days.subtracting(known).count
            outcomes[check] =
                violations.count > 0
                ? .broken(violations) : missing > 0 ? .notChecked(.daysWithoutVerdict(missing)) : .holds
        }
        return outcomes
    }
}

extension Conformance.Outcome {
    fileprivate init(_ violations: Violations) {
        self = violations.count == 0 ? .holds : .broken(violations)
    }
}
