package import Events

/// Checks all invariants in one pass over a log, as an auditor does: without keys, on the files alone.
///
/// Goes on from where it was: `read` takes the events that are new, and `conclude` judges what was read so far, as often as wanted.
package final class ConformanceAudit {
    /// The next events after a position; none at the end.
    private let events: (_ position: Int) throws -> [RecordedEvent]
    private let owners: OwnerLookup
    private var pass: AuditPass
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
        MajorChangesAreMailed.self, ReadingIsNoEvent.self, NobodyJudgesOwnMatter.self, RemovalsAreCases.self,
        CaseMailsAreNeverSwitchedOff.self,
        NewslettersFollowAYes.self, NumbersAreShownWithCare.self, KeysAreReplaced.self, NumbersAreSealed.self,
        MailsReachMembersOnly.self,
        ChosenTextsGo.self, ClosedCasesGo.self, UnusedAccountsAreClosed.self, CorrectionsAreDecidedInTime.self,
        RectificationsAreDecidedInTime.self, RightsAreDecidedInTime.self, RequestsAreIdentified.self,
        WaitingCasesEnd.self,
    ]

    /// - Parameter files: what the files next to the log held; the checks that need others are not made.
    package convenience init(of log: LogCopy, files: FileEvidence = .none) {
        self.init(
            files, created: log.identity.created, owner: log.owner,
            events: { try log.events(after: $0, limit: ConformanceAudit.batch) })
    }

    /// The same audit for a log given as a list of events.
    convenience init(over events: [RecordedEvent], files: FileEvidence = .none) {
        let owners = Dictionary(
            events.compactMap { event in event.subject.flatMap { subject in event.owner.map { (subject, $0) } } }
        ) { first, _ in first }
        self.init(
            files, created: events.first?.time, owner: { owners[$0] }, events: { Array(events.dropFirst($0)) })
    }

    private init(
        _ files: FileEvidence, created: Instant?, owner: @escaping (Subject) throws -> Owner?,
        events: @escaping (_ position: Int) throws -> [RecordedEvent]
    ) {
        self.events = events
        let owners = OwnerLookup(owner)
        self.owners = owners
        pass = AuditPass(ConformanceAudit.invariants, History(created: created, ownerOfSubject: owners.owner), files)
    }

    /// Reads the log from where it was to its end.
    /// - Parameters:
    ///   - end: later events are left for the next reading.
    ///   - progress: called with the position reached; may throw to cancel.
    package func read(through end: Instant? = nil, progress: (Int) throws -> Void = { _ in }) throws {
        if pass.position == 0 { try pass.judgeFiles() }
        while true {
            let events = try events(pass.position)
            guard !events.isEmpty else { return }
            for event in events {
                if let end, event.time > end { return }
                try pass.take(event)
            }
            try owners.check()
            try progress(pass.position)
        }
    }

    /// Judges what was read so far.
    /// - Parameter now: the time at which overdue actions are judged.
    package func conclude(at now: Instant) -> Conformance { pass.conclude(at: now) }

    /// Reads the whole log and judges it.
    package func run(at now: Instant, progress: (Int) throws -> Void = { _ in }) throws -> Conformance {
        try read(progress: progress)
        return conclude(at: now)
    }

    /// Judges the log as it was at an earlier time. What files held then is known only by the verdict of that day.
    package func run(asOf time: Instant, progress: (Int) throws -> Void = { _ in }) throws -> Conformance {
        try read(through: time, progress: progress)
        let day = time.stockholmDate.startInStockholm
        return pass.conclude(at: time, files: day...time)
    }

    /// Judges each calendar month in Sweden for itself: the breaches in it, and what was overdue at its end.
    /// - Parameters:
    ///   - period: the first and the last month are judged within it.
    ///   - now: the last month ends by then.
    package func months(
        of period: ClosedRange<Instant>, at now: Instant, progress: (Int) throws -> Void = { _ in }
    ) throws -> [MonthlyConformance] {
        var months: [MonthlyConformance] = []
        var start = period.lowerBound
        // What happened before is no breach of the first month; what was overdue then and still is, is one.
        try read(through: Instant(milliseconds: start.milliseconds - 1), progress: progress)
        while start <= min(period.upperBound, now) {
            let monthEnd = start.stockholmDate.lastOfMonth.endInStockholm
            let end = min(monthEnd, period.upperBound, now)
            pass.forgetViolations()
            try read(through: end, progress: progress)
            let month = pass.conclude(at: end, files: start...end)
            months.append(MonthlyConformance(month: start.stockholmDate, conformance: month))
            start = Instant(milliseconds: monthEnd.milliseconds + 1)
        }
        return months
    }
}

/// Looks up owners in the log, and keeps a failure for later: folds cannot throw.
private final class OwnerLookup {
    private let lookUp: (Subject) throws -> Owner?
    private var failure: (any Error)?

    init(_ lookUp: @escaping (Subject) throws -> Owner?) { self.lookUp = lookUp }

    func owner(of subject: Subject) -> Owner? {
        do { return try lookUp(subject) } catch {
            failure = error
            return nil
        }
    }

    func check() throws { if let failure { throw failure } }
}

/// The verdicts on a calendar month.
package struct MonthlyConformance: Sendable {
    /// A day of the month.
    package let month: CalendarDate
    package let conformance: Conformance

    /// As in ISO 8601: `2026-03`.
    package var name: String { String(month.description.prefix(7)) }
}

extension CalendarDate {
    fileprivate var lastOfMonth: CalendarDate {
        CalendarDate(year: year, month: month, day: CalendarDate.days(inMonth: month, of: year)) ?? self
    }
}
