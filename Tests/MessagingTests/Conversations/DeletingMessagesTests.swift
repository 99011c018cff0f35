import Events
import Testing
import Testkit

@testable import Messaging

private let (anna, bo) = (MemberID(rawValue: 1), MemberID(rawValue: 2))
private let talk = ConversationID(rawValue: 7)
private let message = MessageID(rawValue: 9)

@Suite(.clause("P-06.3")) struct `A deleted message` {
    private let begun: [ConversationEvent] = [
        .begun(talk, by: anna, with: [bo]),
        .sent(message, in: talk, author: anna, text: .known(try! MessageText("Hej"))),
    ]
    private let fence = FenceID(rawValue: 3)

    private func delete(by member: MemberID, _ later: ConversationEvent...) throws -> [ConversationEvent] {
        try DeleteMessage(message: message, author: member).decide(given: .given(begun + later))
    }

    private func restore(inTime: Bool = true, _ later: ConversationEvent...) throws -> [ConversationEvent] {
        try RestoreMessage(message: message, author: anna) { _ in inTime }.decide(given: .given(begun + later))
    }

    @Test func `was deleted by its author; nobody else can, and those outside learn nothing`() throws {
        #expect(try delete(by: anna) == [.messageDeleted(talk, message)])
        #expect(try delete(by: anna, .messageDeleted(talk, message)) == [])
        #expect(throws: ConversationRefusal.notTheAuthor) { try delete(by: bo) }
        #expect(throws: ConversationRefusal.noSuchConversation) { try delete(by: MemberID(rawValue: 3)) }
        #expect(throws: ConversationRefusal.messageErased) {
            try delete(by: anna, .messageErased(talk, message, fence: fence, .unlawful))
        }
    }

    @Test func `comes back as long as the period lasts, and never once it is erased`() throws {
        #expect(try restore(.messageDeleted(talk, message)) == [.messageRestored(talk, message)])
        #expect(try restore() == [])
        #expect(throws: ConversationRefusal.tooLateToRestore) {
            try restore(inTime: false, .messageDeleted(talk, message))
        }
        #expect(throws: ConversationRefusal.messageErased) {
            try restore(
                .messageDeleted(talk, message), .messageDeletionCompleted(talk, message, fence: fence))
        }
    }

    @Test func `is reported unseen, and read by an administrator who judges the report`() async throws {
        let site = try TemporarySite()
        let clock = TestClock()
        try await site.withLog { log async throws in
            let messaging = Messaging(log: log, clock: clock.clock) { _ in nil }
            let command = { CommandID(named: $0, at: .testStart) }
            let talk = try await messaging.beginConversation(
                with: [bo], reachable: [bo], MessageText("Hemligt"), by: anna, command: command("begin")
            ).conversation
            let id = try #require(try messaging.messages(in: talk).first?.id)
            _ = try await messaging.delete(id, in: talk, by: anna, command: command("delete"))
            let seen = try #require(try messaging.messages(in: talk).first)
            #expect(seen.text == .erased && seen.deletedAt != nil)
            _ = try await messaging.report(
                id, in: talk, for: .abuse, note: "", by: bo, command: command("report"))
            let opened = try await messaging.open(
                id, in: talk, because: .report, by: MemberID(rawValue: 5), command: command("open"))
            #expect(opened.message?.text.value?.text == "Hemligt")
            let isDue = try await messaging.completeDeletion(of: id, in: talk) { _, _ in true }
            #expect(isDue)
            #expect(try messaging.messages(in: talk, showsDeleted: true).map(\.text) == [.erased])
            #expect(try await !messaging.completeDeletion(of: id, in: talk) { _, _ in true })
        }
    }
}
