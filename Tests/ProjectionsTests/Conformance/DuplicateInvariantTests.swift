import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite(.clause("P-16.6")) struct `What the log must bear out about numbers` {
    private let anna = WrittenLog.anna
    private let astrid = WrittenLog.astrid
    private let stranger = MemberID(rawValue: 9)
    private let file = CaseID(rawValue: 60)

    /// A log with a duplicate of Anna's account.
    private func duplicate() throws -> WrittenLog {
        var log = try WrittenLog()
        try log.join(stranger, confirming: false)
        log.about(stranger, .registration(.confirmed(.anothers)), by: .visitor)
        return log
    }

    @Test func `a duplicate that lives on is reported with where and who`() throws {
        var log = try duplicate()
        let confirmed = log.last
        log.wait("P7D")
        #expect(log.broken == [])
        log.wait("P1D")
        #expect(log.broken == [.duplicatesEnd])
        let violation = try #require(log.violation(of: .duplicatesEnd))
        #expect((violation.position, violation.member) == (confirmed, stranger))
        log.close(stranger, .duplicate, by: .system)
        #expect(log.broken == [])
    }

    @Test func `an account that holds its number does not end as a duplicate`() throws {
        var log = try WrittenLog()
        log.close(anna, .duplicate, by: .member(astrid))
        #expect(log.broken == [.duplicatesEnd])
    }

    @Test func `an ended duplicate comes back with the number only`() throws {
        var log = try duplicate()
        log.close(stranger, .duplicate, by: .system)
        log.about(stranger, .closing(.restored), by: .member(astrid))
        #expect(log.broken == [.duplicatesEnd])
    }

    @Test func `a number moves to somebody identified in the case, and from somebody else`() throws {
        var log = try duplicate()
        let command = CommandID(named: "move", at: log.time)
        var unproved = log
        unproved.about(
            stranger, .profile(.numberSet(NumberMove(.held, in: file))), by: .member(astrid), command: command)
        #expect(unproved.broken == [.numbersMoveByProof])
        log.add(CaseEvent.identified(stranger), in: StreamName(file), by: .member(astrid))
        log.about(stranger, .profile(.numberSet(NumberMove(.held, in: file))), by: .member(astrid), command: command)
        log.about(anna, .profile(.numberSet(NumberMove(.anothers, in: file))), by: .member(astrid), command: command)
        #expect(log.broken == [])
        log.about(astrid, .profile(.numberSet(NumberMove(.anothers, in: file))), by: .member(anna))
        #expect(log.broken == [.numbersMoveByProof])
    }

    @Test func `nobody inherits a number`() throws {
        var log = try duplicate()
        log.about(stranger, .profile(.numberSet(NumberMove(.held))), by: .system)
        #expect(log.broken == [.numbersMoveByProof])
    }

    @Test func `a duplicate that holds a number is reported, and an ended one that holds a name`() throws {
        var log = try duplicate()
        let everybody = [anna, astrid, stranger].map { Owner($0) }
        var held: [Claim.Kind: [Owner]] = [
            .email: everybody, .username: everybody, .personalIdentityNumber: [Owner(anna)],
        ]
        func broken() -> Set<InvariantName> {
            let audit = log.audit(ClaimsSeen(position: log.last, holders: held))
            return Set(audit.outcomes.filter { $0.value.violations != nil }.keys)
        }
        #expect(broken() == [])
        held[.personalIdentityNumber] = [Owner(stranger)]
        #expect(broken() == [.namesHaveOneHolder])
        held[.personalIdentityNumber] = []
        log.close(stranger, .duplicate, by: .system)
        #expect(broken() == [.namesHaveOneHolder])
    }
}
