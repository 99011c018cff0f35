import Accounts
import Events

/// Members as they stand at the event that is taken in, kept while events come one after the other: in a rebuild nobody's stream is read again
/// for each of its events.
final class MemberStates {
    private let log: EventLog
    private var known: [MemberID: (member: Member, version: Int)] = [:]
    private static let most = 20_000

    init(_ log: EventLog) { self.log = log }

    /// Not as that one stands now: a rebuild must come to the same rows, also one that stops at an earlier time.
    func member(_ id: MemberID, after event: AccountEvent, _ recorded: RecordedEvent) throws -> Member {
        if let member = follow(id, event, recorded) { return member }
        var member = Member.initial
        for earlier in try log.events(in: recorded.stream) where earlier.version <= recorded.version {
            if let known = try AccountEvent.decode(earlier) { member.evolve(known) }
        }
        keep(member, id, recorded.version)
        return member
    }

    /// Takes in an event of whoever is known up to the event before it; nil for others.
    @discardableResult
    func follow(_ id: MemberID, _ event: AccountEvent, _ recorded: RecordedEvent) -> Member? {
        let isFirst = recorded.version == 1
        guard isFirst || known[id]?.version == recorded.version - 1 else { return nil }
        var member = known.removeValue(forKey: id)?.member ?? .initial
        member.evolve(event)
        keep(member, id, recorded.version)
        return member
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

    private func keep(_ member: Member, _ id: MemberID, _ version: Int) {
        if known.count >= MemberStates.most { known = [:] }
        known[id] = (member, version)
    }
}
