import Events
import Testing
import Testkit

@testable import Messaging

@Suite(.clause("P-09.2")) struct `An issue of the newsletter` {
    private let id = IssueID(rawValue: 7)
    private let time = Instant.testStart

    private func text(_ subject: String = "Nytt i vår", _ body: String = "Hej") throws -> IssueText {
        try IssueText.parse(subject: subject, body: body)
    }

    private func drafted() throws -> NewsletterEvent { .drafted(id, .known(try text())) }
    private var scheduled: NewsletterEvent { .scheduled(id, for: time) }
    private var begun: NewsletterEvent { .begun(id) }

    @Test func `is drafted, and revised when it says something else`() throws {
        let write = WriteIssue(id: id, text: try text())
        #expect(try write.decide(given: .none) == [drafted()])
        #expect(try write.decide(given: .given(drafted())) == [])
        let other = WriteIssue(id: id, text: try text("Nytt i höst"))
        #expect(try other.decide(given: .given(drafted())) == [.revised(id, .known(try text("Nytt i höst")))])
    }

    @Test func `stands still once it is scheduled`() throws {
        let issue = Issue.given([try drafted(), scheduled])
        #expect(throws: NewsletterRefusal.notADraft) {
            try WriteIssue(id: id, text: try text("Annat")).decide(given: issue)
        }
        #expect(try UnscheduleIssue(id: id).decide(given: issue) == [.unscheduled(id)])
    }

    @Test func `is not scheduled for a time that has been`() throws {
        let late = ScheduleIssue(id: id, due: time.advanced(seconds: -1), time: time)
        #expect(throws: NewsletterRefusal.timeIsPast) { try late.decide(given: .given(try drafted())) }
    }

    @Test func `begins when its time has come, and not before, and not when it was called off`() throws {
        let due = time.advanced(seconds: 60)
        let issue = Issue.given([try drafted(), .scheduled(id, for: due)])
        #expect(BeginIssue(id: id, time: time).decide(given: issue) == [])
        #expect(BeginIssue(id: id, time: due).decide(given: issue) == [.begun(id)])
        let off = Issue.given([try drafted(), .scheduled(id, for: due), .unscheduled(id)])
        #expect(BeginIssue(id: id, time: due).decide(given: off) == [])
    }

    @Test func `is finished or stopped once, and only on its way`() throws {
        let sending = Issue.given([try drafted(), scheduled, begun])
        #expect(FinishIssue(id: id).decide(given: sending) == [.finished(id)])
        let finished = Issue.given([try drafted(), scheduled, begun, .finished(id)])
        #expect(FinishIssue(id: id).decide(given: finished) == [])
        #expect(throws: NewsletterRefusal.notOnItsWay) { try StopIssue(id: id).decide(given: finished) }
        #expect(try StopIssue(id: id).decide(given: sending) == [.stopped(id)])
    }

    @Test func `can be thrown away before it is out, and taken out of the archive after`() throws {
        let draft = Issue.given(try drafted())
        let sending = Issue.given([try drafted(), scheduled, begun])
        let sent = Issue.given([try drafted(), scheduled, begun, .finished(id)])
        #expect(try DiscardIssue(id: id).decide(given: draft) == [.discarded(id)])
        #expect(throws: NewsletterRefusal.notADraft) { try DiscardIssue(id: id).decide(given: sent) }
        #expect(throws: NewsletterRefusal.stillOnItsWay) { try WithdrawIssue(id: id).decide(given: sending) }
        #expect(try WithdrawIssue(id: id).decide(given: sent) == [.withdrawn(id)])
        #expect(throws: NewsletterRefusal.noSuchIssue) { try WithdrawIssue(id: id).decide(given: draft) }
    }

    @Test func `has a subject of one line that cannot inject a field`() throws {
        #expect(try text("Hej\r\nBcc: x@example.org").subject == "Hej Bcc: x@example.org")
        #expect(try text("  Hej \u{2028} på\tdig ").subject == "Hej på dig")
        #expect(throws: IssueText.Problem.noSubject) { try text(" \n ") }
        #expect(throws: IssueText.Problem.subjectTooLong) { try text(String(repeating: "å", count: 121)) }
        #expect(throws: IssueText.Problem.noBody) { try text("Hej", " \n") }
        #expect(throws: IssueText.Problem.containsNUL) { try text("Hej", "a\u{0}b") }
    }
}
