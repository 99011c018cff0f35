import Accounts
import Events

/// Members as they stand at the event that is taken in, kept while events come one after the other: in a rebuild nobody's stream is read again
/// for each of its events.
final class MemberStates {
    /// Somebody up to a version of that one's stream; changed in place.
    private final class Known {
        var member = Member.initial
        var version = 0
    }

    private let log: EventLog
    private var known: [MemberID: Known] = [:]
    private static let most = 20_000

    init(_ log: EventLog) { self.log = log }

    /// Not as that one stands now: a rebuild must come to the same rows, also one that stops at an earlier time.
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

    /// Takes in an event of whoever is known up to the event before it.
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

    /// What an erasure names must not come back from here: whoever it may concern is read from the log again.
    func forget(_ scope: Erasure.Scope) {
        switch scope {
        case .owner(let owner), .kinds(_, let owner):
            if let member = owner.id(MemberKind.self) { known[member] = nil }
        case .subjects(let subjects):
            // Nobody is shown differently without the other kinds.
            if subjects.contains(where: { $0.kind == .identity || $0.kind == .municipality }) { known = [:] }
        }
    }

    private func keep(_ member: Known, _ id: MemberID) {
        if known.count >= MemberStates.most { known = [:] }
        known[id] = member
    }
}
