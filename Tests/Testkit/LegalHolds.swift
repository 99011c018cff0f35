@testable package import Accounts
@testable package import Events

/// Places and lifts legal holds in a log in which nobody has signed up.
package struct LegalHolds: Sendable {
    private let accounts: Accounts

    package init(in log: EventLog) {
        accounts = Accounts(
            log: log, hasher: PasswordHasher(cost: .quick), clock: Clock { .testStart }, uniformDelay: .zero)
    }

    package func place(on member: MemberID) async throws {
        try await accounts.appendHold(
            on: member, HoldReference(recorded: "K-1"), isSecret: true, by: .operator,
            command: CommandID(at: .testStart))
    }

    package func lift(from member: MemberID) async throws {
        try await accounts.liftHold(on: member, by: .operator, command: CommandID(at: .testStart))
    }
}

extension Accounts {
    /// Puts a hold for ten years in force without asking for a second person, for tests about what holds do.
    /// - Parameter second: who confirms it in an append of its own; nil for one append, so that a race has one outcome.
    package func placeHold(
        on member: MemberID, _ reference: HoldReference, isSecret: Bool, by actor: Actor,
        confirmedBy second: Actor? = nil,
        command: CommandID
    ) async throws {
        try requireAdministrator(member, actor)
        guard try self.member(member).account != nil else { throw AccountRefusal.noSuchMember }
        try await appendHold(
            on: member, reference, isSecret: isSecret, by: actor, confirmedBy: second, command: command)
    }

    fileprivate func appendHold(
        on member: MemberID, _ reference: HoldReference, isSecret: Bool, by actor: Actor,
        confirmedBy second: Actor? = nil,
        command: CommandID
    ) async throws {
        let time = clock.now()
        let sealed = Sealed(
            .known(reference), under: Subject(.statement, createdBy: command), of: Accounts.ownerOfHolds(on: member))
        let lastDay = time.adding(Period(years: 10)).stockholmDate
        let order = HoldOrder(isSecret: isSecret, lastDay: lastDay, reference: sealed)
        let id = HoldProposalID(createdBy: command)
        let proposed = OversightEvent.holdProposed(id, order)
        let confirmed = OversightEvent.holdConfirmed(id)
        let steps: [(Actor, [OversightEvent])] =
            second.map { [(actor, [proposed]), ($0, [confirmed])] } ?? [(actor, [proposed, confirmed])]
        for (number, (actor, events)) in steps.enumerated() {
            _ = try await log.append(
                Append(
                    command: number == 0 ? command : CommandID(named: "confirm \(command)", at: time), actor: actor,
                    time: time, streams: [StreamAppend(Accounts.holds(on: member), expected: .any, events)]))
        }
    }
}
