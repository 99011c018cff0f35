import Testing
import Testkit

@testable import Events
@testable import Messaging

extension EventFixture {
    fileprivate func recorded(type: EventType? = nil, content: SealedContent? = nil) -> RecordedEvent {
        let type = type ?? self.type
        let stream: StreamName
        if type.name.hasPrefix("notices.") {
            stream = StreamName(Identifier<NotificationListKind>(rawValue: 7))
        } else if type.name.hasSuffix("blocked") {
            stream = StreamName(Identifier<BlockListKind>(rawValue: 7))
        } else {
            stream = StreamName(ConversationID(rawValue: 7))
        }
        return RecordedEvent(
            position: 1, stream: stream, version: 1,
            type: type, time: Instant(milliseconds: 0), actor: .system, causation: nil,
            command: CommandID(at: Instant(milliseconds: 0)), clear: ClearPart(stored: clear),
            subject: sealed == nil ? nil : Subject(.statement, ConversationID(rawValue: 3)), owner: nil,
            content: content ?? sealed.map { .open($0) } ?? .none)
    }
}

@Suite struct `Events of conversations and notifications` {
    @Test(arguments: ConversationEventName.allCases)
    func `are read for ever, and written byte for byte as they are read`(name: ConversationEventName) throws {
        let fixture = try EventFixture(name.type)
        let event = try #require(try ConversationEvent.decode(fixture.recorded()))
        try expect(event.encoded(), fixture)
        #expect(event.stream == fixture.recorded().stream)
    }

    @Test(arguments: NotificationEventName.allCases)
    func `about notifications as well`(name: NotificationEventName) throws {
        let fixture = try EventFixture(name.type)
        try expect(try #require(try NotificationEvent.decode(fixture.recorded())).encoded(), fixture)
    }

    private func expect(_ written: NewEvent, _ fixture: EventFixture) throws {
        #expect(written.type == fixture.type)
        #expect(String(decoding: written.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(written.sealed?.plaintext == fixture.sealed)
    }

    @Test(.clause("P-16.3")) func `of an erased subject are read as erased, not as damage`() throws {
        let sent = try EventFixture(ConversationEventName.sent.type).recorded(content: .erased)
        guard case .sent(_, in: _, author: _, text: .erased) = try ConversationEvent.decode(sent) else {
            Issue.record("not erased")
            return
        }
    }

    @Test func `of a newer program stop the reader, and other modules' are left alone`() throws {
        let fixture = try EventFixture(ConversationEventName.sent.type)
        for type in [EventType("messages.sent", 2), EventType("messages.sung", 1)] {
            #expect(throws: UnreadableEvent.self) {
                try ConversationEvent.decode(fixture.recorded(type: type))
            }
        }
        #expect(throws: UnreadableEvent.self) {
            try NotificationEvent.decode(fixture.recorded(type: EventType("notices.sung", 1)))
        }
        let other = fixture.recorded(type: EventType("forum.post-deleted", 1))
        #expect(try ConversationEvent.decode(other) == nil)
        #expect(try NotificationEvent.decode(other) == nil)
    }

    @Test(.clause("P-14.1")) func `hold the text of a message sealed under a separate key, its author's`() throws {
        let (author, message) = (MemberID(rawValue: 1), MessageID(rawValue: 9))
        let event = ConversationEvent.sent(
            message, in: ConversationID(rawValue: 7), author: author,
            text: .known(try MessageText("Ring 070-123 45 67"))
        ).encoded()
        #expect(event.sealed?.subject == Subject(.message, message))
        #expect(event.sealed?.owner == Owner(author))
        #expect(!String(decoding: event.clear.bytes, as: UTF8.self).contains("070"))
    }
}
