import Accounts
import Events

/// The holders of each kind of name, as of a position.
struct ClaimsSeen: SeenFile {
    let position: Int
    let holders: [Claim.Kind: [Owner]]

    static let checks: [InvariantName] = [.namesHaveOneHolder]

    init(in log: LogCopy) throws { (position, holders) = try log.claims() }

    init(position: Int, holders: [Claim.Kind: [Owner]]) {
        self.position = position
        self.holders = holders
    }

    /// P-06.1, P-16.6: a name is held by a member, never by a sign-up or an erased member; each member has one username and at least one
    /// address, and a number only if her account holds it.
    func check(_ history: History, at _: Instant, _ found: inout FoundViolations) {
        var counts: [MemberID: [Claim.Kind: Int]] = [:]
        for (kind, owners) in holders {
            for owner in owners {
                guard let member = owner.id(MemberKind.self) else { continue }
                counts[member, default: [:]][kind, default: 0] += 1
            }
        }
        for (id, held) in counts where !holdsNames(history.member(id)) {
            let phase = history.member(id).phase.rawValue
            found.add(
                .namesHaveOneHolder, "one who is \(phase) holds \(held.values.reduce(0, +)) names",
                at: since(id, history), of: id)
        }
        for (id, known) in history.members
        where holdsNames(known.member) && !history.fences.cover(.identity, of: Owner(id)) {
            let held = counts[id] ?? [:]
            let isDuplicate = known.member.account?.duplicateSince != nil
            if isDuplicate, held[.personalIdentityNumber, default: 0] > 0 {
                found.add(.namesHaveOneHolder, "holds a number that is another account's", at: known.since, of: id)
            }
            if held[.username, default: 0] != 1 {
                found.add(
                    .namesHaveOneHolder, "holds \(held[.username, default: 0]) usernames", at: known.since, of: id)
            }
            if held[.email, default: 0] < 1 {
                found.add(.namesHaveOneHolder, "holds no address", at: known.since, of: id)
            }
            if held[.personalIdentityNumber, default: 0] > 1 {
                found.add(.namesHaveOneHolder, "holds more than one personal identity number", at: known.since, of: id)
            }
        }
    }

    private func since(_ member: MemberID, _ history: History) -> Int { history.members[member]?.since ?? position }

    private func holdsNames(_ member: Member) -> Bool {
        switch member {
        case .active, .deactivated: true
        // The names of a duplicate are free when it has ended.
        case .closed(_, let closing): closing.cause != .duplicate
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: false
        }
    }
}
