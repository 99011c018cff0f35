import Foundation
import Testing
import Testkit

@testable import Events
@testable import Messaging

/// The events about mail and newsletter, as every version of the program has written them.
@Suite struct `Events of mail and newsletter` {
    struct Fixture: Sendable, CustomStringConvertible {
        let type: EventType
        let clear: [UInt8]
        let sealed: [UInt8]?

        var description: String { type.description }

        init(_ name: String, _ schema: Int) throws {
            type = EventType(name, schema)
            let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Fixtures/events/\(type).json")
            let root = try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
            let canonical = { (part: Any) in
                Array(
                    try JSONSerialization.data(withJSONObject: part, options: [.sortedKeys, .withoutEscapingSlashes]))
            }
            clear = try canonical(try #require(root["clear"]))
            sealed = root["sealed"] is NSNull ? nil : try canonical(try #require(root["sealed"]))
        }

        func recorded(_ content: SealedContent? = nil) -> RecordedEvent {
            RecordedEvent(
                position: 1, stream: StreamName(IssueID(rawValue: 9)), version: 1, type: type, time: .testStart,
                actor: .system, causation: nil, command: CommandID(named: "test", at: .testStart),
                clear: ClearPart(stored: clear), subject: nil, owner: nil,
                content: content ?? sealed.map { .open($0) } ?? .none)
        }
    }

    @Test(arguments: MailEventName.allCases)
    func `about mail are written byte for byte as they are read`(name: MailEventName) throws {
        let fixture = try Fixture(name.rawValue, name.schema)
        let written = try #require(try MailEvent.decode(fixture.recorded())).encoded()
        #expect(written.type == fixture.type)
        #expect(String(decoding: written.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(written.sealed == nil)
    }

    @Test(arguments: NewsletterEventName.allCases)
    func `of the newsletter are written byte for byte as they are read`(name: NewsletterEventName) throws {
        let fixture = try Fixture(name.rawValue, name.schema)
        let written = try #require(try NewsletterEvent.decode(fixture.recorded())).encoded()
        #expect(written.type == fixture.type)
        #expect(String(decoding: written.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(written.sealed?.plaintext == fixture.sealed)
        for word in ["moms", "vår"] { #expect(!String(decoding: fixture.clear, as: UTF8.self).contains(word)) }
    }

    @Test func `say of an erased issue that it is erased`() throws {
        let fixture = try Fixture("newsletter.drafted", 1)
        guard case .drafted(_, .erased, _) = try NewsletterEvent.decode(fixture.recorded(.erased)) else {
            Issue.record("not erased")
            return
        }
    }

    @Test(arguments: ["mail.teleported", "newsletter.teleported", "mail.handed-over"])
    func `of a later program are not skipped`(name: String) throws {
        let later = Fixture(type: EventType(name, 2))
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

extension `Events of mail and newsletter`.Fixture {
    fileprivate init(type: EventType) {
        self.type = type
        clear = Array("{}".utf8)
        sealed = nil
    }
}
