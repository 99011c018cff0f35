import Testing
import Testkit

@testable import Events
@testable import Forum

extension EventFixture {
    fileprivate func recorded(content: SealedContent? = nil) -> RecordedEvent {
        let stream =
            switch type.name.dropFirst("forum.".count).prefix(while: { $0 != "-" }) {
            case "categories": StreamName("forum-categories")
            case "category": StreamName(CategoryID(rawValue: 7))
            case "thread": StreamName(ThreadID(rawValue: 7))
            case _: StreamName(PostID(rawValue: 7))
            }
        let subject = type.name == PostEventName.revised.rawValue ? Some.revision : nil
        return RecordedEvent(
            position: 1, stream: stream, version: 1, type: type, time: Instant(milliseconds: 0),
            actor: .member(Some.anna), causation: nil, command: CommandID(at: Instant(milliseconds: 0)),
            clear: ClearPart(stored: clear), subject: subject, owner: nil,
            content: content ?? sealed.map { .open($0) } ?? .none)
    }
}

struct WireTests {
    static let everyType = ForumEventName.allCases.flatMap { name in
        (1...name.schema).map { EventType(name.rawValue, $0) }
    }

    @Test(arguments: everyType)
    func `every event that was ever written can be read`(type: EventType) throws {
        let event = try ForumEvent.decode(try EventFixture(type).recorded())
        #expect(event?.encoded().type.name == type.name)
    }

    @Test(arguments: ForumEventName.allCases)
    func `an event of today is written in the bytes it was read from`(name: ForumEventName) throws {
        let fixture = try EventFixture(name.type)
        let event = try #require(try ForumEvent.decode(fixture.recorded()))
        let written = event.encoded()
        #expect(written.type == fixture.type)
        #expect(String(decoding: written.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(written.sealed?.plaintext == fixture.sealed)
        #expect(event.stream.description == fixture.recorded().stream.description)
    }

    @Test func `what was written of an erased subject is read as erased, not as damage`() throws {
        let fixture = try EventFixture(ForumEventName.post(.published).type)
        let event = try ForumEvent.decode(fixture.recorded(content: .erased))
        guard case .post(.published(_, _, _, .erased)) = event else {
            Issue.record("not erased")
            return
        }
    }

    @Test func `a post of the first schema quotes the whole of what was first published`() throws {
        let fixture = try EventFixture(EventType("forum.post-published", 1))
        guard case .post(.published(_, _, _, .known(let body))) = try ForumEvent.decode(fixture.recorded()) else {
            Issue.record("not a post")
            return
        }
        let quote = try #require(body.quotes.first)
        #expect((quote.revision, quote.from, quote.to) == (1, 0, PostBody.mostBytes))
    }

    @Test func `events of other modules are none of the forum's`() throws {
        let event = RecordedEvent(
            position: 1, stream: StreamName(Some.anna), version: 1, type: EventType("member.registered", 1),
            time: Instant(milliseconds: 0), actor: .system, causation: nil,
            command: CommandID(at: Instant(milliseconds: 0)), clear: ClearPart(), subject: nil, owner: nil,
            content: .none)
        #expect(try ForumEvent.decode(event) == nil)
    }

    @Test(arguments: [EventType("forum.post-published", 3), EventType("forum.post-lost", 1)])
    func `an event that a newer program wrote stops the reader`(type: EventType) throws {
        let event = RecordedEvent(
            position: 1, stream: StreamName(Some.post), version: 1, type: type,
            time: Instant(milliseconds: 0), actor: .system, causation: nil,
            command: CommandID(at: Instant(milliseconds: 0)), clear: ClearPart(), subject: nil, owner: nil,
            content: .none)
        #expect(throws: UnreadableEvent(event)) { try ForumEvent.decode(event) }
    }

    @Test func `the text of a post belongs to its author, and a category to itself`() {
        let post = Some.published.encoded()
        #expect(post.sealed?.subject == Subject(.post, Some.post))
        #expect(post.sealed?.owner == Owner(Some.anna))
        let category = Some.created.encoded()
        #expect(category.sealed?.subject == Subject(.category, Some.category))
        #expect(category.sealed?.owner == Owner(Some.category))
    }

    @Test func `no word of a post is in the clear part of its event`() {
        let body = draft("Mitt telefonnummer är 070-1740605, @anna.")
        let event = ForumEvent.post(.published(Some.post, in: Some.thread, author: Some.bo, body: .known(body)))
        let clear = String(decoding: event.encoded().clear.bytes, as: UTF8.self)
        #expect(clear == #"{"author":"\#(Some.bo)","mentions":["\#(Some.anna)"],"thread":"\#(Some.thread)"}"#)
        #expect(!body.stored.contains("anna"))
    }
}
