import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite struct `What the log must bear out about rights` {
    @Test(.clause("P-12.5"), .clause("P-17.1"), arguments: RightKind.allCases)
    func `a request is decided within a month, by its own check`(kind: RightKind) throws {
        let check: InvariantName =
            switch kind {
            case .rectification, .erasure: .rectificationsAreDecidedInTime
            case .access, .portability, .restriction, .objection: .rightsAreDecidedInTime
            }
        var log = try WrittenLog()
        log.time = try #require(Instant("2027-01-31T11:00:00Z"))
        let opened = try log.open(.rights(kind))
        log.time = try #require(Instant("2027-02-28T11:00:00Z"))
        var inTime = log
        try inTime.decide()
        inTime.wait("P1Y")
        #expect(inTime.broken == [])
        log.wait("PT1H")
        #expect(log.broken == [])
        var late = log
        try late.decide()
        #expect(late.broken == [check] && late.violation(of: check)?.position == late.last)
        log.wait("PT2H")
        #expect(log.broken == [check] && log.violation(of: check)?.position == opened)
    }

    @Test(.clause("P-17.1")) func `an extension gives two months more, if it came in time`() throws {
        var log = try WrittenLog()
        log.time = try #require(Instant("2027-01-31T11:00:00Z"))
        try log.open(.rights(.access))
        var late = log
        log.wait("P20D")
        try log.extend()
        log.time = try #require(Instant("2027-04-30T10:00:00Z"))
        #expect(log.broken == [])
        log.wait("PT4H")
        #expect(log.broken == [.rightsAreDecidedInTime])
        late.time = try #require(Instant("2027-02-28T12:00:00Z"))
        try late.extend()
        late.wait("PT3H")
        #expect(late.broken == [.rightsAreDecidedInTime])
    }

    @Test(.clause("P-17.1")) func `a request that is closed without a decision is reported, not one taken up again`()
        throws
    {
        var log = try WrittenLog()
        try log.open(.rights(.access))
        var (decided, erased) = (log, log)
        log.add(.closed)
        #expect(log.violation(of: .rightsAreDecidedInTime)?.what == "closed without a decision")
        #expect(log.broken == [.rightsAreDecidedInTime])
        try decided.decide(.upheld)
        decided.wait("P2M")
        try decided.state()
        try decided.reply()
        decided.add(.closed)
        decided.wait("P2M")
        #expect(decided.broken == [])
        erased.add(.erased(.authorsRequest))
        erased.eraseCase()
        erased.wait("P2M")
        #expect(erased.broken == [])
    }

    @Test(.clause("P-01.2"), .clause("P-17.1"))
    func `a version that shortens the month holds for open requests too, and makes none late at once`() throws {
        var log = try WrittenLog()
        try log.open(.rights(.portability))
        log.wait("P20D")
        try log.shorten(#""rightsRequest":"P1M""#, #""rightsRequest":"P14D""#)
        log.wait("PT90M")
        #expect(log.broken == [])
        var decided = log
        try decided.decide()
        #expect(decided.broken == [])
        log.wait("PT1H")
        #expect(log.broken == [.rightsAreDecidedInTime])
    }

    @Test(.clause("P-17.2")) func `a request from nobody signed in is granted only to one who is identified`() throws {
        var log = try WrittenLog()
        try log.open(.rights(.access), by: nil)
        for outcome in [CaseDecision.Outcome.upheld, .partly] {
            var granted = log
            try granted.decide(outcome)
            #expect(granted.broken == [.requestsAreIdentified])
            #expect(granted.violation(of: .requestsAreIdentified)?.position == granted.last)
        }
        var (rejected, checked) = (log, log)
        try rejected.decide(.rejected)
        #expect(rejected.broken == [])
        let verdict = try #require(IdentityVerdict([], reason: "Ringde"))
        let command = CommandID(named: "identify", at: checked.time)
        checked.add(.identityChecked(Sealed(verdict, of: nil, in: WrittenLog.file, by: command)))
        var differing = checked
        try differing.decide(.upheld)
        #expect(differing.broken == [.requestsAreIdentified], "the check alone proves nothing")
        checked.add(.identified(WrittenLog.anna))
        try checked.decide(.upheld)
        #expect(checked.broken == [])
    }

    @Test(.clause("P-17.2")) func `a member who was signed in, and a question, need no identification`() throws {
        var log = try WrittenLog()
        try log.open(.rights(.access))
        try log.decide(.upheld)
        try log.open(.report(.unlawful, .page), by: nil, as: CaseID(rawValue: 81))
        try log.decide(.upheld, in: CaseID(rawValue: 81))
        #expect(log.broken == [])
    }

    @Test(.clause("P-12.4")) func `a request for correction is decided within a month`() throws {
        var log = try WrittenLog()
        log.time = try #require(Instant("2027-01-31T11:00:00Z"))
        let request = log.requestCorrection()
        let asked = log.last
        log.time = try #require(Instant("2027-02-28T11:00:00Z"))
        var inTime = log
        inTime.decideCorrection(request)
        inTime.wait("P3M")
        #expect(inTime.broken == [])
        log.wait("PT1H")
        #expect(log.broken == [])
        var late = log
        late.decideCorrection(request)
        #expect(late.broken == [.correctionsAreDecidedInTime])
        log.wait("PT2H")
        #expect(log.broken == [.correctionsAreDecidedInTime])
        #expect(log.violation(of: .correctionsAreDecidedInTime)?.position == asked)
        log.close(WrittenLog.anna)
        #expect(log.broken == [.correctionsAreDecidedInTime], "one who has left has rights too")
        log.purge(WrittenLog.anna, .requested)
        #expect(log.broken == [], "nothing is left to decide")
    }

    @Test(.clause("P-16.5")) func `a decided correction is erased with every comparison when its time is out`() throws {
        var log = try WrittenLog()
        let request = log.requestCorrection()
        log.add(
            CorrectionEvent.compared(log.sealed(.statement, of: WrittenLog.anna, 91)), in: request,
            by: .member(WrittenLog.astrid))
        log.decideCorrection(request)
        let decided = log.last
        let subjects = log.events.filter { $0.stream == request }.compactMap(\.subject)
        #expect(subjects.count == 4)
        log.wait("P1Y")
        log.wait("PT1H")
        #expect(log.broken == [])
        var (erased, half, held) = (log, log, log)
        erased.erase(.subjects(subjects))
        erased.wait("P1D")
        #expect(erased.broken == [])
        half.erase(.subjects(subjects.filter { $0 != subjects[1] }))
        half.wait("PT2H")
        #expect(half.broken == [.closedCasesGo], "the first comparison is kept")
        #expect(half.violation(of: .closedCasesGo)?.position == decided)
        held.hold()
        held.wait("P1Y")
        #expect(held.broken == [])
    }
}
