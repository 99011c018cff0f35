import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite struct `What the log must bear out about messages` {
    @Test(.clause("P-06.2")) func `opening a message that nobody reported, or without being an administrator, is told`()
        throws
    {
        var log = try WrittenLog()
        let conversation = ConversationID(rawValue: 70)
        let message = MessageID(rawValue: 71)
        let reason = try #require(OpeningReason.allCases.first)
        let opened = ConversationEvent.opened(conversation, message, reason)
        var unreported = log
        unreported.add(opened.encoded(), in: opened.stream, by: .member(WrittenLog.astrid))
        #expect(unreported.broken == [.staffReadOnlyReported])
        let report = ConversationEvent.reported(
            conversation, MessageReport(message: message, reporter: WrittenLog.anna, reason: .abuse, note: nil))
        log.add(report.encoded(), in: report.stream, by: .member(WrittenLog.anna))
        var byMember = log
        byMember.add(opened.encoded(), in: opened.stream, by: .member(WrittenLog.anna))
        #expect(byMember.violation(of: .staffReadOnlyReported)?.position == byMember.last)
        log.add(opened.encoded(), in: opened.stream, by: .member(WrittenLog.astrid))
        #expect(log.broken == [])
    }
}
