import Accounts
import Events

/// Caches members as of the event being applied, so that a rebuild does not read a member's stream again for each of its events.
final class MemberStates {
    /// A member up to a version of her stream; changed in place.
    private final class Known {
        var member = Member.initial
        var version = 0
    }

    private let log: EventLog
    private var known: [MemberID: Known] = [:]
    private static let most = 20_000

    init(_ log: EventLog) { self.log = log }

    /// The member as of the event, not as of now: a rebuild must give the same rows, also one that stops at an earlier time.
    func member(_ id: MemberID, after event: MemberEvent, _ recorded: RecordedEvent) throws -> Member {
        if let known = followed(id, event, recorded) { return known.member }
        let read = Known()
        for earlier in try log.events(in: recorded.stream) where earlier.version <= recorded.version {
            try read.member.evolve(earlier)
        }
        read.version = recorded.version
        keep(read, id)
        return read.member
    }

    /// Applies an event to a member who is cached up to the event before it.
    func follow(_ id: MemberID, _ event: MemberEvent, _ recorded: RecordedEvent) {
        _ = followed(id, event, recorded)
    }

    private func followed(_ id: MemberID, _ event: MemberEvent, _ recorded: RecordedEvent) -> Known? {
        if recorded.version == 1 { keep(Known(), id) }
        guard let known = known[id], known.version == recorded.version - 1 else { return nil }
        known.member.evolve(event, at: recorded.time)
        known.version = recorded.version
        return known
    }

    /// Drops the members that an erasure may concern: they are read from the log again, so that erased values do not come back from here.
    func forget(_ scope: Erasure.Scope) {
        switch scope {
        case .owner(let owner), .kinds(_, let owner):
            if let member = owner.id(MemberKind.self) { known[member] = nil }
        case .subjects(let subjects):
            // Erasing the other kinds changes nothing that is shown.
            if subjects.contains(where: { $0.kind == .identity || $0.kind == .municipality }) { known = [:] }
        }
    }

    private func keep(_ member: Known, _ id: MemberID) {
        if known.count >= MemberStates.most { known = [:] }
        known[id] = member
    }
}
