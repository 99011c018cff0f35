import Events

@testable import Accounts
@testable import Projections

extension WrittenLog {
    /// Writes a proposal for a secret hold of 30 days.
    /// - Returns: its id, and the stream of the holds.
    mutating func proposeHold(on member: MemberID, by actor: MemberID) -> (HoldProposalID, StreamName) {
        let holds = StreamName(Identifier<LegalHoldKind>(rawValue: member.rawValue))
        let id = HoldProposalID(rawValue: UInt64(last))
        let order = HoldOrder(
            isSecret: true, lastDay: time.adding(Period(days: 30)).stockholmDate,
            reference: sealed(.statement, of: member, UInt64(last)))
        add(OversightEvent.holdProposed(id, order).encoded(), in: holds, by: .member(actor))
        return (id, holds)
    }
}
