import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Messaging
@testable import Projections

@Suite struct `What the log must bear out about messages` {
    @Test(.clause("P-06.2"))
    func `opening a message that nobody reported, or without being an administrator, is reported`()
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

    @Test(.clause("P-15.1")) func `a mail that was sent against its recipient's choice is reported`() throws {
        var log = try WrittenLog()
        let anna = WrittenLog.anna
        func sent(_ name: String, checkedAt position: Int, after change: (inout WrittenLog) -> Void) throws
            -> Set<InvariantName>
        {
            var log = log
            change(&log)
            let name = try #require(MailName(rawValue: name))
            let mail = SentMail(
                MailKey(asked: 1, name: name, member: anna), address: nil, checked: position, attempts: 1)
            let event = MailEvent.handedOver(mail)
            log.add(event.encoded(), in: event.stream, by: .system)
            return log.broken
        }
        log.about(anna, .consent(.mailChoiceSet(.reply, .yes)))
        let switchedOn = log.last
        #expect(try sent("new-reply", checkedAt: switchedOn) { _ in } == [])
        #expect(try sent("new-mention", checkedAt: switchedOn) { _ in } == [.mailsFollowChoices])
        // Without a choice, the policy in force sends it.
        #expect(try sent("new-message", checkedAt: switchedOn) { _ in } == [])
        let off: (inout WrittenLog) -> Void = { $0.about(anna, .consent(.mailChoiceSet(.reply, .no))) }
        #expect(try sent("new-reply", checkedAt: switchedOn + 1, after: off) == [.mailsFollowChoices])
        // The choice was made when the mail was already being sent.
        #expect(try sent("new-reply", checkedAt: switchedOn, after: off) == [])
        #expect(try sent("closed", checkedAt: switchedOn + 1, after: off) == [])
    }

    @Test(.clause("P-15.2"))
    func `a mail of the day that nobody chose, or a mail to an address that refuses them, is reported`()
        throws
    {
        var log = try WrittenLog()
        let anna = WrittenLog.anna
        let address = Subject(.email, MemberID(rawValue: 90))
        func send(_ name: String, in log: WrittenLog) throws -> Set<InvariantName> {
            var log = log
            let name = try #require(MailName(rawValue: name))
            let mail = SentMail(
                MailKey(asked: 1, name: name, member: anna), address: address, checked: log.last, attempts: 1)
            let event = MailEvent.handedOver(mail)
            log.add(event.encoded(), in: event.stream, by: .system)
            return log.broken
        }
        #expect(try send("digest", in: log) == [.mailsFollowChoices])
        log.about(anna, .consent(.mailChoiceSet(.quote, .daily)))
        #expect(try send("digest", in: log) == [])
        var off = log
        off.about(anna, .consent(.mailChoiceSet(.quote, .no)))
        #expect(try send("digest", in: off) == [.mailsFollowChoices])

        let name = try #require(MailName(rawValue: "new-message"))
        let bounce = MailEvent.bounced(
            Bounce(
                MailKey(asked: 1, name: name, member: anna), address: address, status: DeliveryStatus(5, 1, 1)))
        log.add(bounce.encoded(), in: bounce.stream, by: .system)
        #expect(try send("new-message", in: log) == [.mailsReachMembersOnly])
        // A requested link is always sent.
        #expect(try send("new-password", in: log) == [])
        let retried = MailEvent.addressRetried(address, member: anna)
        log.add(retried.encoded(), in: retried.stream, by: .member(anna))
        #expect(try send("new-message", in: log) == [])
    }

    @Test(.clause("P-09.2"), .clause("P-15.2")) func `a newsletter that nobody asked for is reported`() throws {
        var log = try WrittenLog()
        let mail = SentMail(
            MailKey(asked: 1, name: .newsletter, member: WrittenLog.anna), address: nil, checked: log.last + 1,
            attempts: 1)
        let event = MailEvent.handedOver(mail)
        var asked = log
        log.add(event.encoded(), in: event.stream, by: .system)
        #expect(log.broken == [.newslettersFollowAYes])
        asked.about(WrittenLog.anna, .consent(.newsletterAnswered(NewsletterAnswer(isYes: true, form: nil))))
        var left = asked
        asked.add(event.encoded(), in: event.stream, by: .system)
        #expect(asked.broken == [])
        left.close(WrittenLog.anna)
        left.wait("PT1H")
        let late = MailEvent.handedOver(
            SentMail(mail.key, address: nil, checked: left.last, attempts: 1))
        left.add(late.encoded(), in: late.stream, by: .system)
        #expect(left.broken == [.newslettersFollowAYes, .mailsReachMembersOnly])
    }
}
