package import Accounts
package import Events

/// The state of the log up to an event, as far as it can be read without keys. One instance per pass: it is large, and used at every event.
package final class History {
    /// A member, with the position of the event that began the current phase.
    package struct Known: Sendable {
        package var member = Member.initial
        package var since = 0
        package var sinceTime = Instant(milliseconds: 0)
    }

    package private(set) var position = 0
    package private(set) var time: Instant?
    package private(set) var policies = CurrentText<PolicyDocument>()
    package private(set) var terms = CurrentText<TermsDocument>()
    package private(set) var staff = Staff.initial
    /// The members under a legal hold, whose data is kept for an investigation.
    package private(set) var underLegalHold: Set<MemberID> = []
    /// When the last legal hold on a member was lifted.
    private var lifted: [MemberID: Instant] = [:]
    package private(set) var members: [MemberID: Known] = [:]
    package private(set) var fences = Fences()
    /// The erasures that are not complete yet.
    package private(set) var unfinished: [FenceID: Erasure.Scope] = [:]

    /// When the log was created; nil for events without a log.
    let created: Instant?

    private let ownerOfSubject: (Subject) -> Owner?

    /// - Parameter ownerOfSubject: looks into the whole log, later events included; the owner of a subject never changes.
    package init(created: Instant? = nil, ownerOfSubject: @escaping (Subject) -> Owner? = { _ in nil }) {
        self.created = created
        self.ownerOfSubject = ownerOfSubject
    }

    package func owner(of subject: Subject) -> Owner? { ownerOfSubject(subject) }

    package func member(_ id: MemberID) -> Member { members[id]?.member ?? .nobody }

    /// Whether a legal hold defers what is to be erased of a member: while it is in force, and until the hourly job has made it up.
    func isDeferred(_ member: MemberID, at now: Instant) -> Bool {
        underLegalHold.contains(member) || lifted[member].map { !$0.isLate(at: now) } ?? false
    }

    /// Called before each event, so that the versions in force at its time are known.
    func advance(to time: Instant) {
        policies.advance(to: time)
        terms.advance(to: time)
    }

    package func take(_ event: AuditedEvent) {
        advance(to: event.time)
        position = event.position
        time = event.time
        if case .accounts(let account) = event.kind { take(account, event) }
        if case .oversight(let oversight) = event.kind { take(oversight, event) }
        if case .erasure(let erasure) = event.kind {
            fences.add(erasure.scope)
            unfinished[erasure.fence] = erasure.scope
        }
        if let completed = try? ErasureCompleted(event.recorded) { unfinished[completed.fence] = nil }
    }

    /// What is erased, everywhere, as of now.
    var erased: ErasedEverywhere { ErasedEverywhere(fences: fences, pending: Fences(Array(unfinished.values))) }

    /// Whether a member is erased, everywhere.
    func isErased(_ id: MemberID) -> Bool {
        member(id).phase == .purged && erased.cover(.identity, of: Owner(id))
    }

    private func take(_ account: AccountEvent, _ event: AuditedEvent) {
        switch account {
        case .policy(let change):
            policies.take(change, at: event.time)
            terms.take(change, at: event.time)
        case .staff(let change): staff.evolve(change, at: event.time)
        case .member(let change):
            if let id = event.member { members[id, default: Known()].take(change, event) }
        case .signIn, .security: break
        }
    }

    private func take(_ oversight: OversightEvent, _ event: AuditedEvent) {
        guard let id = MemberID(ofDataIn: event.recorded.stream) else { return }
        switch oversight {
        case .holdPlaced, .holdConfirmed: underLegalHold.insert(id)
        case .holdLifted:
            underLegalHold.remove(id)
            lifted[id] = event.time
        case .viewed, .numberShown, .textNumberShown, .sessionsEnded, .holdProposed, .holdDeclined: break
        }
    }
}

/// What completed erasures cover.
struct ErasedEverywhere {
    fileprivate let fences: Fences
    /// Fences whose erasure is not complete.
    fileprivate let pending: Fences

    func cover(_ subject: Subject, of owner: Owner) -> Bool {
        fences.cover(subject, of: owner) && !pending.cover(subject, of: owner)
    }

    func cover(_ kind: SubjectKind, of owner: Owner) -> Bool {
        fences.cover(kind, of: owner) && !pending.cover(kind, of: owner)
    }
}

extension History.Known {
    fileprivate mutating func take(_ change: MemberEvent, _ event: AuditedEvent) {
        let before = member.phase
        member.evolve(change, at: event.time)
        if member.phase != before { (since, sinceTime) = (event.position, event.time) }
    }
}

/// The versions of a text, with the one in force cached: it is needed at every event, and date calculations are slow.
package struct CurrentText<Document: PublishedDocument>: Sendable {
    package private(set) var calendar = VersionCalendar<Document>.initial
    package private(set) var document: Document?
    private var nextBegins: Instant?

    mutating func advance(to time: Instant) {
        if let nextBegins, time >= nextBegins { look(time) }
    }

    mutating func take(_ event: PolicyEvent, at time: Instant) {
        guard Document.published(in: event) != nil || Document.comingIntoForce(in: event) != nil else { return }
        calendar.evolve(event, at: time)
        look(time)
    }

    private mutating func look(_ time: Instant) {
        document = calendar.inForce(at: time)
        nextBegins = calendar.upcoming(at: time).first?.version.startInStockholm
    }
}

/// The phase of a member, without any personal data.
package enum MemberPhase: String, CaseIterable, Sendable {
    case nobody, unconfirmed
    case awaitingReview = "awaiting-review"
    case active, rejected, deactivated, closed, lapsed, purged
}

extension Member {
    package var phase: MemberPhase {
        switch self {
        case .nobody: .nobody
        case .unconfirmed: .unconfirmed
        case .awaitingReview: .awaitingReview
        case .active: .active
        case .rejected: .rejected
        case .deactivated: .deactivated
        case .closed: .closed
        case .lapsed: .lapsed
        case .purged: .purged
        }
    }
}

extension Identifier<MemberKind> {
    /// The member whom a separate stream, `viewed-member:…`, `held-member:…` or `security:…`, is about.
    package init?(ofDataIn stream: StreamName) {
        let parts = stream.description.split(separator: ":")
        guard parts.count == 2, ["viewed-member", "held-member", "security"].contains(parts[0]) else { return nil }
        self.init(String(parts[1]))
    }
}
