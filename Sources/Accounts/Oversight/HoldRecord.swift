package import Events

/// One administrator's proposal to place or renew a hold, which another approves (P-10.1).
package struct HoldProposal: Hashable, Sendable {
    package let id: HoldProposalID
    package let order: HoldOrder
    package let proposer: Actor
    package let at: Instant

    /// After it, the proposal counts as declined.
    static let lasts = Period(days: 7)

    package var end: Instant {
        let lapse = at.adding(HoldProposal.lasts)
        return order.end.map { min(lapse, $0) } ?? lapse
    }
}

package enum HoldProposalKind: IdentifierKind { package static let name = "hold-proposal" }
package typealias HoldProposalID = Identifier<HoldProposalKind>

/// The hold on a member's data and the proposal that waits for a second administrator, folded from the stream of her holds.
package struct HoldRecord: Hashable, Sendable {
    package private(set) var hold = LegalHold.inactive
    private var proposal: HoldProposal?

    package init() {}

    init(_ events: [RecordedEvent]) throws {
        for event in events {
            guard let change = try OversightEvent.decode(event) else { continue }
            evolve(change, by: event.actor, at: event.time)
        }
    }

    package mutating func evolve(_ event: OversightEvent, by actor: Actor, at time: Instant) {
        switch event {
        case .holdPlaced(let order): hold = .active(order, since: time)
        case .holdProposed(let id, let order):
            proposal = HoldProposal(id: id, order: order, proposer: actor, at: time)
        case .holdConfirmed: confirm(at: time)
        case .holdDeclined: proposal = nil
        case .holdLifted: hold = .inactive
        case .viewed, .numberShown, .textNumberShown, .sessionsEnded: break
        }
    }

    private mutating func confirm(at time: Instant) {
        guard let order = proposal?.order else { return }
        proposal = nil
        switch hold {
        case .inactive: hold = .active(order, since: time)
        case .active(let current, let since):
            // What the member has been told of is not made secret again.
            let isSecret = current.isSecret && order.isSecret
            hold = .active(
                HoldOrder(isSecret: isSecret, lastDay: order.lastDay, reference: order.reference), since: since)
        }
    }

    /// A proposal that can still be approved.
    package func openProposal(at time: Instant) -> HoldProposal? {
        proposal.flatMap { time < $0.end ? $0 : nil }
    }

    /// A proposal that was not approved in time.
    func lapsedProposal(at time: Instant) -> HoldProposal? {
        proposal.flatMap { time < $0.end ? nil : $0 }
    }
}
