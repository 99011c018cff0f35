package import Events

/// Checks all invariants in one pass over a log, as an auditor does: without keys, on the files alone.
///
/// Goes on from where it was: `read` takes the events that are new, and `conclude` judges what was read so far, as often as wanted.
package final class ConformanceAudit {
    private let log: LogCopy
    private let owners: OwnerLookup
    private let end: Instant?
    private var pass: Pass
    private static let batch = 500

    private static let invariants: [any Invariant.Type] = [
        VersionsBeginOnTheirDay.self, AcceptedVersionsWereInForce.self, MembersAcceptedBothTexts.self,
        ConsentsAreOnesOwn.self, NobodyWritesBeforeAccepting.self, SignUpsLapse.self, LegalHoldPreventsErasure.self,
        HoldsTakeTwo.self, HoldsEnd.self,
        CompromisedNeedNewPassword.self, ReplacedAddressesGo.self, CorrectionsAreDecidedFirst.self,
        ReplacedKeysAreDestroyed.self, ReplacedPasswordsAreErased.self, OnlyMembersSignIn.self, OnlyMembersWrite.self,
        ClosedAccountsAreErased.self, ErasuresAreAnnounced.self, ErasuresAreCompleted.self, NothingAfterErasure.self,
        DecisionsHaveReasons.self, NobodyReturnsFromBreachAlone.self, UnusedAccountsAreWarned.self,
        UnreturnedAccountsAreClosed.self, SignInDetailsGo.self, RestoredInTime.self, DuplicatesEnd.self,
        NumbersMoveByProof.self, ViewingsAreJustified.self,
        StaffReadOnlyReported.self, DeletedTextsGo.self, MailsFollowChoices.self, QuestionsAreAnswered.self,
        MajorChangesAreMailed.self, ReadingIsNoEvent.self, NobodyJudgesOwnMatter.self,
        CaseMailsAreNeverSwitchedOff.self,
        NewslettersFollowAYes.self, NumbersAreShownWithCare.self, KeysAreReplaced.self, NumbersAreSealed.self,
        MailsReachMembersOnly.self,
    ]

    /// - Parameters:
    ///   - files: what the files beside the log held; the checks that need others are not made.
    ///   - end: later events do not count; nil for all of them.
    package init(of log: LogCopy, files: FileEvidence = .none, through end: Instant? = nil) {
        self.log = log
        self.end = end
        let owners = OwnerLookup(log)
        self.owners = owners
        pass = Pass(
            ConformanceAudit.invariants, History(created: log.identity.created, ownerOfSubject: owners.owner), files)
    }

    /// Reads the log from where it was to its end.
    /// - Parameter progress: called with the position reached; may throw to cancel.
    package func read(progress: (Int) throws -> Void = { _ in }) throws {
        if pass.position == 0 { try pass.judgeFiles() }
        while true {
            let events = try log.events(after: pass.position, limit: ConformanceAudit.batch)
            guard !events.isEmpty else { return }
            for event in events {
                if let end, event.time > end { return }
                try pass.take(event)
            }
            try owners.check()
            try progress(pass.position)
        }
    }

    /// - Parameter now: the time at which overdue actions are judged.
    package func conclude(at now: Instant) -> Conformance { pass.conclude(at: now) }

    /// Reads the whole log and judges it.
    package func run(at now: Instant, progress: (Int) throws -> Void = { _ in }) throws -> Conformance {
        try read(progress: progress)
        return conclude(at: now)
    }

    /// The same audit for logs given as lists of events.
    static func run(over events: [RecordedEvent], files: FileEvidence = .none, at now: Instant) throws -> Conformance {
        let owners = Dictionary(
            events.compactMap { event in event.subject.flatMap { subject in event.owner.map { (subject, $0) } } }
        ) { first, _ in first }
        var pass = Pass(invariants, History(created: events.first?.time) { owners[$0] }, files)
        try pass.judgeFiles()
        for event in events { try pass.take(event) }
        return pass.conclude(at: now)
    }
}

/// Looks up owners in the log, and keeps a failure for later: folds cannot throw.
private final class OwnerLookup {
    private let log: LogCopy
    private var failure: (any Error)?

    init(_ log: LogCopy) { self.log = log }

    func owner(of subject: Subject) -> Owner? {
        do { return try log.owner(of: subject) } catch {
            failure = error
            return nil
        }
    }

    func check() throws { if let failure { throw failure } }
}

/// One pass over a log, in progress.
private struct Pass {
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
    /// What the files show that were judged.
    private var shown: [InvariantName: Violations] = [:]
    private var unnamed = Violations()
    private var evidence: [String: Conformance.Evidence] = [:]
    private var unreadable: [Int] = []

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
        if EventTag.of(recorded.type) == nil {
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
        files.removeAll { $0.position <= position }
    }

    /// The checks of files that are newer than the log, or missing, are not made.
    func conclude(at now: Instant) -> Conformance {
        history.advance(to: now)
        var outcomes = shown.mapValues(Conformance.Outcome.init)
        outcomes[.eventsHaveAPurpose] = Conformance.Outcome(unnamed)
        for checked in checked {
            outcomes[checked.type.name] = Conformance.Outcome(checked.concluded(history, at: now))
        }
        return Conformance(
            judgedAt: now, head: position, policy: history.policies.document, outcomes: outcomes,
            evidence: evidence, unreadable: unreadable)
    }
}

extension Conformance.Outcome {
    fileprivate init(_ violations: Violations) {
        self = violations.count == 0 ? .holds : .broken(violations)
    }
}
