import Testing
import Testkit

@testable import Events
@testable import Messaging

extension EventFixture {
    fileprivate func recorded(_ content: SealedContent? = nil) -> RecordedEvent {
        RecordedEvent(
            position: 1, stream: StreamName(IssueID(rawValue: 9)), version: 1, type: type, time: .testStart,
            actor: .system, causation: nil, command: CommandID(named: "test", at: .testStart),
            clear: ClearPart(stored: clear), subject: nil, owner: nil,
            content: content ?? sealed.map { .open($0) } ?? .none)
    }
}

/// The events about mail and newsletter, as every version of the program has written them.
@Suite struct `Events of mail and newsletter` {
    @Test(arguments: MailEventName.allCases)
    func `about mail are written byte for byte as they are read`(name: MailEventName) throws {
        let fixture = try EventFixture(EventType(name.rawValue, name.schema))
        let written = try #require(try MailEvent.decode(fixture.recorded())).encoded()
        #expect(written.type == fixture.type)
        #expect(String(decoding: written.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(written.sealed == nil)
    }

    @Test(arguments: NewsletterEventName.allCases)
    func `of the newsletter are written byte for byte as they are read`(name: NewsletterEventName) throws {
        let fixture = try EventFixture(EventType(name.rawValue, name.schema))
        let written = try #require(try NewsletterEvent.decode(fixture.recorded())).encoded()
        #expect(written.type == fixture.type)
        #expect(String(decoding: written.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(written.sealed?.plaintext == fixture.sealed)
        for word in ["moms", "vår"] { #expect(!String(decoding: fixture.clear, as: UTF8.self).contains(word)) }
    }

    @Test func `say of an erased issue that it is erased`() throws {
        let fixture = try EventFixture(EventType("newsletter.drafted", 1))
        guard case .drafted(_, .erased) = try NewsletterEvent.decode(fixture.recorded(.erased)) else {
            Issue.record("not erased")
            return
        }
    }

    @Test(arguments: ["mail.teleported", "newsletter.teleported", "mail.handed-over"])
    func `of a later program are not skipped`(name: String) throws {
        var later = try EventFixture(EventType("mail.handed-over", 1))
        later.type = EventType(name, 2)
        #expect(throws: (any Error).self) {
            _ = try MailEvent.decode(later.recorded())
            _ = try NewsletterEvent.decode(later.recorded())
        }
    }

    @Test func `name a kind of mail by small letters only`() {
        for name in ["", "Moa", "moa@example.se", "a b", String(repeating: "a", count: 41)] {
            #expect(MailName(rawValue: name) == nil)
        }
    }
}
