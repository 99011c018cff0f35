import Events
import Testing
import Testkit

@testable import Messaging

@Suite(.clause("P-15.2")) struct `The bounces of an address` {
    private let address = Subject(.email, createdBy: CommandID(at: .testStart))
    private let member = MemberID(rawValue: 7)

    private func bounce(_ position: Int) -> MailEvent {
        let key = MailKey(asked: position, name: MailName(rawValue: "reply")!, member: member)
        return .bounced(Bounce(key, address: address, status: DeliveryStatus(4, 2, 2)))
    }

    @Test func `that may pass count for two weeks, whether or not another has come since`() {
        var mailbox = Mailbox.initial
        mailbox.evolve(bounce(1), at: .testStart)
        mailbox.evolve(bounce(2), at: .testStart.adding(Period(days: 2)))
        let counted = { (days: Int) in
            mailbox.softBounces(at: address, asOf: .testStart.adding(Period(days: days)))
        }
        #expect([2, 13, 15, 17].map(counted) == [2, 2, 1, 0])
        #expect(mailbox.refusal(at: address) == nil)
    }
}
