package import Events

/// Checks all invariants in one pass over a log, as an auditor does: without keys, on the files alone.
package struct ConformanceAudit {
    private let log: LogCopy
    private let views: ViewsSeen?
    private let claims: ClaimsSeen?
    private let visits: VisitsSeen?
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
        ChosenTextsGo.self, ClosedCasesGo.self, UnusedAccountsAreClosed.self, CorrectionsAreDecidedInTime.self,
        RectificationsAreDecidedInTime.self, RightsAreDecidedInTime.self, RequestsAreIdentified.self,
        WaitingCasesEnd.self,
    ]

    /// - Parameters:
    ///   - views: as of some position of the log; without them, what is shown is not checked.
    ///   - claims: likewise for names.
    ///   - visits: as of now.
    package init(
        of log: LogCopy, views: ViewsSeen? = nil, claims: ClaimsSeen? = nil, visits: VisitsSeen? = nil
    ) {
        self.log = log
        self.views = views
        self.claims = claims
        self.visits = visits
    }

    /// - Parameters:
    ///   - now: the time at which overdue actions are judged.
    ///   - progress: called with the position reached; may throw to cancel.
    package func run(at now: Instant, progress: (Int) throws -> Void = { _ in }) throws -> Conformance {
        var failure: (any Error)?
        let history = History { subject in
            do { return try log.owner(of: subject) } catch {
                failure = error
                return nil
            }
        }
        var pass = Pass(ConformanceAudit.invariants.map { Pass.Checked($0) }, history, views, claims)
        pass.compare()
        while true {
            let events = try log.events(after: pass.position, limit: ConformanceAudit.batch)
            guard !events.isEmpty else { break }
            for event in events { pass.take(event) }
            if let failure { throw failure }
            try progress(pass.position)
        }
        return pass.conclude(at: now, visits)
    }
}

extension ConformanceAudit {
    /// The same audit for logs given as lists of events.
    static func run(
        over events: [RecordedEvent], views: ViewsSeen? = nil, claims: ClaimsSeen? = nil, visits: VisitsSeen? = nil,
        at now: Instant
    ) -> Conformance {
        let owners = Dictionary(
            events.compactMap { event in event.subject.flatMap { subject in event.owner.map { (subject, $0) } } }
        ) { first, _ in first }
        var pass = Pass(invariants.map { Pass.Checked($0) }, History { owners[$0] }, views, claims)
        pass.compare()
        for event in events { pass.take(event) }
        return pass.conclude(at: now, visits)
    }
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

        mutating func conclude(_ history: History, at now: Instant) {
            invariant.conclude(history, at: now, &violations)
        }
    }

    private(set) var position = 0
    private let history: History
    private var checked: [Checked]
    /// The indices of the invariants that receive events from each source.
    private let listeners: [ProjectedEvent.Source: [Int]]
    private let views: ViewsSeen?
    private let claims: ClaimsSeen?
    private var compared: [InvariantName: Violations] = [:]
    private var evidence: [String: Conformance.Evidence] = [:]
    private var unreadable: [Int] = []

    init(_ checked: [Checked], _ history: History, _ views: ViewsSeen?, _ claims: ClaimsSeen?) {
        self.checked = checked
        self.history = history
        self.views = views
        self.claims = claims
        listeners = Dictionary(
            uniqueKeysWithValues: ProjectedEvent.Source.allCases.map { source in
                (source, checked.indices.filter { checked[$0].type.sources.contains(source) })
            })
    }

    mutating func take(_ recorded: RecordedEvent) {
        position = recorded.position
        evidence[recorded.type.name, default: .init()].note(recorded)
        do {
            let event = try AuditedEvent(recorded)
            history.advance(to: recorded.time)
            for index in listeners[event.kind.source] ?? [] {
                checked[index].take(event, after: history)
            }
            history.take(event)
        } catch {
            if unreadable.count < Violations.most { unreadable.append(recorded.position) }
        }
        compare()
    }

    /// Checks the claims and the views when the pass is at their position.
    mutating func compare() {
        if let claims, claims.position == position {
            claims.check(history, &compared[.namesHaveOneHolder, default: Violations()])
        }
        if let views, views.position == position {
            views.checkConsents(history, &compared[.shownOnlyWithConsent, default: Violations()])
            views.checkPresence(history, &compared[.formerMembersAreHidden, default: Violations()])
        }
    }

    mutating func conclude(at now: Instant, _ visits: VisitsSeen?) -> Conformance {
        history.advance(to: now)
        visits?.check(history, at: now, &compared[.visitsGo, default: Violations()])
        var outcomes = compared.mapValues(Conformance.Outcome.init)
        for index in checked.indices {
            checked[index].conclude(history, at: now)
            outcomes[checked[index].type.name] = Conformance.Outcome(checked[index].violations)
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
