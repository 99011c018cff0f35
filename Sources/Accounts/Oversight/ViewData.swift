package import Events

/// One viewing of a member's data by staff: in which role, and why (P-16.7).
package struct DataView: Hashable, Sendable {
    package let role: Role
    package let reason: ViewingReason
    package let note: Sealed<ViewingNote>?
}

/// Why staff view a member's data.
package enum ViewingReason: String, ClosedCode, CaseIterable {
    case support, moderation, correction, appeal, security
    case restoring
    case rightsRequest = "rights-request"
    /// Review of a sign-up, in older logs (P-16.6).
    case review
    /// Another account holds the number of the account viewed (P-16.6).
    case duplicate
    case audit
}

/// A free-text note that supplements the reason.
package struct ViewingNote: Hashable, Sendable, Redacted {
    package static let longest = 500

    package let text: String

    /// Nil when it is empty. A longer text is truncated; forms check the length first.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text) else { return nil }
        self.init(recorded: String(text.prefix(ViewingNote.longest)))
    }

    package init(recorded text: String) { self.text = text }
}

/// All viewings of one member's data; each member has a separate stream of them.
package struct DataViews: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let viewer: Actor
        package let view: DataView
        package let at: Instant
    }

    package var entries: [Entry] = []
}

enum ViewedMemberKind: IdentifierKind { static let name = "viewed-member" }

/// Opens a member's data to staff: the viewing is recorded before they are shown.
package struct ViewData: Sendable {
    package let member: MemberID
    let roles: Set<Role>
    let reason: ViewingReason
    let note: Sealed<ViewingNote>?
    let time: Instant

    /// Closed accounts are open to administrators only, and accounts due to be erased are not open at all (P-16.3, P-16.7).
    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [OversightEvent] {
        let allowed = try state.rolesOfViewers(judgedAt: time, policies)
        guard let role = [Role.administrator, .auditor].first(where: { roles.contains($0) && allowed.contains($0) })
        else { throw .notAllowed }
        return [.viewed(DataView(role: role, reason: reason, note: note))]
    }
}

extension Member {
    /// The roles to which the member's data are open (P-16.3, P-16.7).
    func rolesOfViewers(judgedAt time: Instant, _ policies: PolicyCalendar) throws(AccountRefusal) -> Set<Role> {
        switch self {
        case .nobody, .lapsed, .purged: throw .noSuchMember
        case .closed(_, let closing):
            guard closing.isRestorable(judgedAt: time, policies) else { throw .tooLateToRestore }
            return [.administrator]
        case .deactivated, .unconfirmed, .awaitingReview, .rejected: return [.administrator]
        case .active: return [.administrator, .auditor]
        }
    }
}

extension Accounts {
    /// Records that a member of the staff views a member's data; must be called before they are shown.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `noSuchMember`, `tooLateToRestore`.
    package func view(
        _ member: MemberID, for reason: ViewingReason, note: ViewingNote?, by viewer: MemberID, command: CommandID
    ) async throws {
        try await record(member, for: reason, note, by: .member(viewer), command) { try roles(of: viewer) }
    }

    /// Records a viewing by the operator on the command line, who acts as an administrator.
    package func viewByOperator(
        _ member: MemberID, for reason: ViewingReason, note: ViewingNote?, command: CommandID
    ) async throws {
        try await record(member, for: reason, note, by: .operator, command) { [.administrator] }
    }

    private func record(
        _ member: MemberID, for reason: ViewingReason, _ note: ViewingNote?, by viewer: Actor, _ command: CommandID,
        _ roles: () throws -> Set<Role>
    ) async throws {
        // Staff read their own data under Inställningar, like all members (P-12.3).
        guard viewer != .member(member) else { throw AccountRefusal.ownMatter }
        // A form that is sent again, or for another member, shows nothing unrecorded.
        let command = CommandID(named: "\(command) views \(member)", at: clock.now())
        let sealed = note.map { Sealed($0, .statement, of: member, createdBy: command) }
        let policies = try policies()
        try await execute(command, by: viewer) { time in
            let view = ViewData(member: member, roles: try roles(), reason: reason, note: sealed, time: time)
            let events = try view.decide(given: self.member(member), policies: policies)
            return ([StreamAppend(Accounts.views(of: member), expected: .any, events)], ())
        }
    }

    /// The viewings of a member's data, and why (P-12.3). Those of a duplicate for that reason follow when it has ended: before, they would
    /// tell a stranger that somebody holds the number (P-16.6).
    package func dataViews(of member: MemberID) throws -> [DataViews.Entry] {
        let state = try self.member(member)
        let isSecret = state.account?.duplicateSince != nil && state.closing?.cause != .duplicate
        return try allDataViews(of: member).filter { !isSecret || $0.view.reason != .duplicate }
    }

    private func allDataViews(of member: MemberID) throws -> [DataViews.Entry] {
        try log.events(in: Accounts.views(of: member)).compactMap { event in
            guard case .viewed(let view) = try OversightEvent.decode(event) else { return nil }
            return DataViews.Entry(viewer: event.actor, view: view, at: event.time)
        }
    }

    static func views(of member: MemberID) -> StreamName {
        StreamName(Identifier<ViewedMemberKind>(rawValue: member.rawValue))
    }
}

extension ViewingNote: SealedText {
    package static let field = PersonalField.viewingNote
    package var recorded: String { text }
}
