import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Projections

@Suite(.clause("P-16.4")) struct `An account that nobody uses` {
    private let anna = WrittenLog.anna
    private let astrid = WrittenLog.astrid

    /// The first warning 60 days before three years are over, the second 14 days before; waits until they are over.
    private func warned(_ log: WrittenLog, _ member: MemberID = WrittenLog.anna) throws -> WrittenLog {
        var log = log
        let end = log.time.adding(try #require(Period("P3Y")))
        for days in [60, 14] {
            log.time = end.subtracting(Period(days: days))
            log.about(member, .closing(.unusedWarned), by: .system)
        }
        log.time = end
        return log
    }

    @Test func `is reported when it is not closed after the warnings`() throws {
        var log = try WrittenLog()
        try log.closeUnused()
        log = try warned(log)
        log.wait("PT1H")
        #expect(log.broken == [])
        var (closed, used) = (log, log)
        log.wait("PT2H")
        #expect(log.broken == [.unusedAccountsAreClosed])
        #expect(log.violation(of: .unusedAccountsAreClosed)?.member == anna)
        closed.close(anna, .unused, by: .system)
        closed.wait("P30D")
        #expect(closed.broken == [])
        used.signIn(anna, 10)
        used.wait("P30D")
        #expect(!used.broken.contains(.unusedAccountsAreClosed))
    }

    @Test func `is not late before the warnings, nor for the time that they promise`() throws {
        var log = try WrittenLog()
        try log.closeUnused()
        log.wait("P4Y")
        #expect(log.broken == [])
        log.about(anna, .closing(.unusedWarned), by: .system)
        log.wait("P50D")
        log.about(anna, .closing(.unusedWarned), by: .system)
        log.wait("P13D")
        #expect(log.broken == [])
        log.wait("P2D")
        #expect(log.broken == [.unusedAccountsAreClosed])
    }

    @Test func `is kept under a version without the rule, and for the time since it was restored`() throws {
        let kept = try warned(WrittenLog())
        #expect(kept.broken == [])
        var restored = try WrittenLog()
        try restored.closeUnused()
        restored = try warned(restored)
        restored.close(anna, .unused, by: .system)
        restored.wait("P10D")
        restored.about(anna, .closing(.restored), by: .visitor)
        restored.wait("P2Y")
        #expect(restored.broken == [])
    }

    @Test func `is kept when it is the last administrator's, until there is another`() throws {
        var log = try WrittenLog()
        try log.closeUnused()
        log = try warned(log, astrid)
        log.wait("P30D")
        #expect(log.broken == [])
        log.add(StaffEvent.roleGranted(.administrator, anna), in: StreamName("staff"), by: .operator)
        log.wait("PT1H")
        #expect(log.broken == [], "the hourly job has not run")
        log.wait("PT2H")
        #expect(log.broken == [.unusedAccountsAreClosed])
        #expect(log.violation(of: .unusedAccountsAreClosed)?.member == astrid)
    }
}
