@testable import Accounts
@testable package import Events

/// Places and lifts legal holds in a log in which nobody has signed up.
package struct LegalHolds: Sendable {
    private let log: EventLog
    private let accounts: Accounts

    package init(in log: EventLog) {
        self.log = log
        accounts = Accounts(
            log: log, hasher: PasswordHasher(cost: .quick), clock: Clock { .testStart }, uniformDelay: .zero)
    }

    package func place(on member: MemberID) async throws {
        let command = CommandID(at: .testStart)
        let reference = Sealed(
            .known(HoldReference(recorded: "K-1")), under: Subject(.statement, createdBy: command),
            of: Accounts.ownerOfHolds(on: member))
        let placed = OversightEvent.holdPlaced(HoldOrder(isSecret: true, reference: reference))
        _ = try await log.append(
            Append(
                command: command, actor: .operator, time: .testStart,
                streams: [StreamAppend(Accounts.holds(on: member), expected: .any, [placed])]))
    }

    package func lift(from member: MemberID) async throws {
        try await accounts.liftHold(on: member, by: .operator, command: CommandID(at: .testStart))
    }
}
