import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite struct `What the log must bear out about cases` {
    private let nils = MemberID(rawValue: 3)

    @Test(.clause("P-18.2")) func `a question that waits for more than a day, or did, is reported`() throws {
        var log = try WrittenLog()
        let asked = try log.open(.support)
        log.wait("PT24H")
        var inTime = log
        try inTime.reply()
        inTime.wait("P30D")
        #expect(inTime.broken == [])
        log.wait("PT1H")
        var late = log
        #expect(log.broken == [], "the hourly check may not have seen it")
        try late.reply()
        #expect(late.broken == [.questionsAreAnswered])
        #expect(late.violation(of: .questionsAreAnswered)?.position == late.last)
        log.wait("PT90M")
        #expect(log.broken == [.questionsAreAnswered])
        #expect(log.violation(of: .questionsAreAnswered)?.position == asked)
    }

    @Test(.clause("P-18.2")) func `a question that is closed unanswered is reported, and one that was answered is not`()
        throws
    {
        var log = try WrittenLog()
        try log.open(.support)
        var answered = log
        log.add(.closed)
        log.wait("P30D")
        #expect(log.violation(of: .questionsAreAnswered)?.what == "closed with a question open")
        #expect(log.violation(of: .questionsAreAnswered)?.position == log.last)
        try answered.reply()
        answered.add(.closed)
        #expect(answered.broken == [])
        try answered.state()
        answered.add(.closed)
        #expect(answered.broken == [.questionsAreAnswered], "the next question")
    }

    @Test(.clause("P-18.2")) func `a question is answered by a reply to the one who asked, or a decision`() throws {
        var log = try WrittenLog()
        try log.join(nils)
        try log.open(.dispute(with: nils, .other))
        try log.state(by: .other)
        try log.reply(to: .other)
        var (both, decided) = (log, log)
        log.wait("P2D")
        #expect(log.broken == [.questionsAreAnswered])
        try both.reply(to: .both)
        both.wait("P2D")
        #expect(both.broken == [])
        try decided.decide()
        decided.wait("P2D")
        #expect(decided.broken == [])
        try decided.appeal()
        decided.wait("P2D")
        #expect(decided.broken == [.questionsAreAnswered], "an appeal is a question")
    }

    @Test(.clause("P-18.2")) func `what asks nothing is never late`() throws {
        var log = try WrittenLog()
        try log.open(.report(.abuse, .page), by: nil, .staff)
        try log.open(.support, as: CaseID(rawValue: 81))
        log.wait("PT23H")
        log.add(.erased(.spam), to: CaseID(rawValue: 81))
        log.eraseCase(CaseID(rawValue: 81))
        try log.open(.rights(.access), as: CaseID(rawValue: 82))
        try log.state(in: CaseID(rawValue: 82))
        try log.open(.support, as: CaseID(rawValue: 83))
        try log.reply(in: CaseID(rawValue: 83))
        try log.state(asks: false, in: CaseID(rawValue: 83))
        log.wait("P10D")
        #expect(log.broken == [])
        var late = try WrittenLog()
        try late.open(.support)
        late.wait("PT25H")
        late.add(.erased(.spam))
        late.eraseCase()
        #expect(late.broken == [.questionsAreAnswered], "erased when it was late")
    }

    @Test(.clause("P-18.2")) func `asking again does not give more time, and asking after the answer begins anew`()
        throws
    {
        var log = try WrittenLog()
        try log.open(.support)
        log.wait("PT20H")
        try log.state(asks: false)
        log.wait("PT8H")
        #expect(log.broken == [.questionsAreAnswered])
        var next = try WrittenLog()
        try next.open(.support)
        try next.reply()
        next.wait("P9D")
        try next.state()
        next.wait("PT25H")
        #expect(next.broken == [])
    }

    @Test(.clause("P-01.2"), .clause("P-18.2"))
    func `a version that shortens the time for answers holds for open questions, and makes none late at once`() throws {
        var log = try WrittenLog()
        log.time = try #require(Instant("2026-03-02T11:00:00Z"))
        try log.open(.support)
        try log.shorten(#""question":"PT24H""#, #""question":"PT2H""#)
        log.wait("PT90M")
        #expect(log.broken == [])
        var answered = log
        try answered.reply()
        #expect(answered.broken == [])
        log.wait("PT1H")
        #expect(log.broken == [.questionsAreAnswered])
    }

    @Test(.clause("P-18.2")) func `the automatic receipt is an answer only under a version that says so`() throws {
        var log = try WrittenLog()
        try log.shorten(#""automaticReceiptCounts":false"#, #""automaticReceiptCounts":true"#)
        try log.open(.support)
        log.wait("P3D")
        #expect(log.broken == [])
        try log.reply()
        try log.state()
        log.wait("P3D")
        #expect(log.broken == [.questionsAreAnswered], "the follow-up has no receipt")
    }

    @Test(.clause("P-18.2")) func `a case that waits for its party is reported when its time is out`() throws {
        var log = try WrittenLog()
        try log.open(.support)
        try log.reply(awaits: true)
        let asked = log.last
        log.wait("P1Y")
        log.wait("PT1H")
        #expect(log.broken == [])
        var (closed, heard) = (log, log)
        log.wait("PT2H")
        #expect(log.broken == [.waitingCasesEnd])
        #expect(log.violation(of: .waitingCasesEnd)?.position == asked)
        closed.add(.closed, by: .system)
        closed.wait("P30D")
        #expect(closed.broken == [])
        try heard.state()
        try heard.reply()
        heard.wait("P30D")
        #expect(heard.broken == [])
    }

    @Test(.clause("P-18.2")) func `what the staff decides without an answer does not end by waiting`() throws {
        var log = try WrittenLog()
        try log.join(nils)
        try log.open(.dispute(with: nils, .other))
        try log.reply(to: .both, awaits: true)
        log.wait("P5Y")
        #expect(log.broken == [])
    }

    @Test(.clause("P-16.5")) func `a closed case that is kept for too long is reported, and one that is open is not`()
        throws
    {
        var log = try WrittenLog()
        try log.open(.support)
        try log.reply()
        log.add(.closed)
        let closed = log.last
        log.wait("P1Y")
        log.wait("PT1H")
        #expect(log.broken == [])
        var (erased, reopened) = (log, log)
        log.wait("PT2H")
        #expect(log.violation(of: .closedCasesGo)?.position == closed)
        #expect(log.broken == [.closedCasesGo])
        var half = log
        half.erase(.owner(Owner(WrittenLog.file)))
        #expect(half.broken == [.closedCasesGo], "what its party said is kept")
        erased.eraseCase()
        erased.wait("P1Y")
        #expect(erased.broken == [])
        reopened.add(.reopened)
        reopened.wait("P30D")
        #expect(reopened.broken == [])
        reopened.add(.closed)
        reopened.wait("P11M")
        #expect(reopened.broken == [], "counted from the last closing")
    }

    @Test(arguments: [
        (CaseTopic.report(.abuse, .page), "P2Y"), (.rights(.access), "P3Y"), (.number, "P1Y"), (.correction, "P1Y"),
    ])
    func `each kind of case has its own time`(topic: CaseTopic, period: String) throws {
        var log = try WrittenLog()
        try log.open(topic)
        try log.decide()
        log.wait(period)
        log.wait("PT1H")
        #expect(log.broken == [])
        log.wait("PT2H")
        #expect(log.broken == [.closedCasesGo])
    }

    @Test(.clause("P-10.1")) func `what a legal hold defers is not late, nor until the job after it`() throws {
        var log = try WrittenLog()
        try log.open(.support)
        try log.decide()
        log.hold()
        log.wait("P2Y")
        #expect(log.broken == [])
        log.lift()
        log.wait("PT1H")
        #expect(log.broken == [])
        var made = log
        made.eraseCase()
        made.wait("P1D")
        #expect(made.broken == [])
        log.wait("PT2H")
        #expect(log.broken == [.closedCasesGo])
    }

    @Test(.clause("P-01.2"), .clause("P-16.5"))
    func `a version that shortens the time of closed cases makes none late at once`() throws {
        var log = try WrittenLog()
        try log.open(.support)
        try log.decide()
        log.wait("P7M")
        try log.shorten(#""supportCase":"P1Y""#, #""supportCase":"P6M""#)
        log.wait("PT1H")
        #expect(log.broken == [])
        log.wait("PT2H")
        #expect(log.broken == [.closedCasesGo])
    }
}
