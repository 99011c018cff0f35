package import Events

/// Why staff see a personal identity number in full. A list of its own: what suffices to open a member's data does not suffice here.
package enum NumberReason: String, ClosedCode, CaseIterable {
    /// To tell who somebody is, before something is given out or changed.
    case identification
    case correction
    /// To tell two accounts apart.
    case duplicate
    /// To judge a text that spreads somebody's number.
    case moderation
    case authority
}

/// Where the registered number is shown.
package enum NumberPlace: String, ClosedCode, CaseIterable {
    case account, correction
}

/// Shows a member's registered number to an administrator: recorded before it is shown.
package struct ShowNumber: Sendable {
    let roles: Set<Role>
    let reason: NumberReason
    let place: NumberPlace
    let note: Sealed<ViewingNote>?
    let time: Instant

    /// Allowed to administrators only, for the accounts whose data they may open (P-16.7).
    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [OversightEvent] {
        guard try state.rolesOfViewers(judgedAt: time, policies).contains(.administrator),
            roles.contains(.administrator)
        else { throw .notAllowed }
        return [.numberShown(NumberView(role: .administrator, reason: reason, place: place, note: note))]
    }
}

extension Accounts {
    /// Records that an administrator sees a member's registered number; must be called before it is shown, and after her password was
    /// checked.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `noSuchMember`, `tooLateToRestore`.
    package func showNumber(
        of member: MemberID, in place: NumberPlace, for reason: NumberReason, note: ViewingNote?,
        by viewer: MemberID, command: CommandID
    ) async throws {
        guard viewer != member else { throw AccountRefusal.ownMatter }
        let sealed = note.map { Sealed($0, .statement, of: member, createdBy: command) }
        let policies = try policies()
        try await execute(command, by: .member(viewer)) { time in
            let show = ShowNumber(
                roles: try roles(of: viewer), reason: reason, place: place, note: sealed, time: time)
            let events = try show.decide(given: self.member(member), policies: policies)
            return ([StreamAppend(Accounts.views(of: member), expected: .any, events)], ())
        }
    }

    /// Records that staff see the numbers in a text; must be called before they are shown.
    ///
    /// - Parameters:
    ///   - writers: the members who wrote the text, each of whom can see the event. Without any, as in a visitor's case, the event
    ///     stands in a stream named by the case.
    ///   - allowed: the roles that may read the text, the more powerful first.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`.
    package func showNumbers(
        in place: TextPlace, by writers: Set<MemberID>, to viewer: MemberID, as allowed: [Role],
        for reason: NumberReason, command: CommandID
    ) async throws {
        guard !writers.contains(viewer) else { throw AccountRefusal.ownMatter }
        try await execute(command, by: .member(viewer)) { _ in
            let roles = try roles(of: viewer)
            guard let role = allowed.first(where: roles.contains) else { throw AccountRefusal.notAllowed }
            let event = OversightEvent.textNumberShown(TextNumberView(role: role, reason: reason, place: place))
            let streams = writers.isEmpty ? [place.stream] : writers.sorted().map(Accounts.views)
            return (streams.map { StreamAppend($0, expected: .any, [event]) }, ())
        }
    }

    /// The showings of numbers that a member has registered or written, the oldest first (P-12.3).
    package func numberViews(of member: MemberID) throws -> [NumberViews.Entry] {
        try log.events(in: Accounts.views(of: member)).compactMap { event in
            switch try OversightEvent.decode(event) {
            case .numberShown(let view):
                NumberViews.Entry(viewer: event.actor, shown: .registered(view), at: event.time)
            case .textNumberShown(let view):
                NumberViews.Entry(viewer: event.actor, shown: .written(view), at: event.time)
            case .viewed, .sessionsEnded, .holdProposed, .holdConfirmed, .holdDeclined, .holdPlaced, .holdLifted, nil:
                nil
            }
        }
    }
}

enum ViewedTextKind: IdentifierKind { static let name = "viewed-text" }

extension TextPlace {
    /// Where a showing is recorded when no member wrote the text.
    fileprivate var stream: StreamName {
        switch self {
        case .caseFile(let id): StreamName(Identifier<ViewedTextKind>(rawValue: id.rawValue))
        case .message(let id): StreamName(Identifier<ViewedTextKind>(rawValue: id.rawValue))
        }
    }
}
