import Testing
import Testkit

@testable import Events
@testable import Messaging

extension EventFixture {
    fileprivate func event() throws -> CaseEvent {
        let recorded = RecordedEvent(
            position: 1, stream: StreamName(CaseID(rawValue: 1)), version: 1, type: type, time: .testStart,
            actor: .visitor,
            causation: nil, command: CommandID(named: type.name, at: .testStart),
            clear: ClearPart(stored: clear),
            subject: sealed == nil ? nil : Subject(.statement, createdBy: CommandID(named: "s", at: .testStart)),
            owner: sealed == nil ? nil : Owner(CaseID(rawValue: 1)), content: sealed.map { .open($0) } ?? .none)
        return try #require(try CaseEvent.decode(recorded))
    }
}

@Suite struct `Events of cases` {
    static let fixtures = (try? EventFixture.all(of: "cases.")) ?? []

    @Test func `each have a fixture`() {
        #expect(Set(Self.fixtures.map(\.type.name)) == Set(CaseEventName.allCases.map(\.rawValue)))
    }

    @Test(arguments: fixtures) func `are written byte for byte as they are read`(fixture: EventFixture)
        throws
    {
        let encoded = try fixture.event().encoded()
        #expect(encoded.type == fixture.type)
        #expect(String(decoding: encoded.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(encoded.sealed?.plaintext == fixture.sealed)
    }

    @Test(.clause("P-14.1"), arguments: fixtures) func `hold nothing personal in the clear`(
        fixture: EventFixture
    ) {
        let clear = String(decoding: fixture.clear, as: UTF8.self)
        for value in ["Moa", "@", "adress", "personal-identity-number", "http"] { #expect(!clear.contains(value)) }
    }

    @Test func `of a later program are not skipped, and other modules' are not touched`() throws {
        func decode(_ name: String, _ schema: Int) throws -> CaseEvent? {
            try CaseEvent.decode(
                RecordedEvent(
                    position: 1, stream: StreamName(CaseID(rawValue: 1)), version: 1, type: EventType(name, schema),
                    time: .testStart, actor: .visitor, causation: nil, command: CommandID(named: "c", at: .testStart),
                    clear: ClearPart(), subject: nil, owner: nil, content: .none))
        }
        #expect(throws: UnreadableEvent.self) { try decode("cases.closed", 2) }
        #expect(throws: UnreadableEvent.self) { try decode("cases.teleported", 1) }
        #expect(try decode("forum.post-deleted", 1) == nil)
    }

    @Test func `show nothing of what is written when they are printed`() throws {
        for fixture in Self.fixtures {
            let (printed, dumped) = ("\(try fixture.event())", String(reflecting: try fixture.event()))
            for value in ["Moa", "adress", "moa@", "bilden", "ordnat"] {
                #expect(!printed.contains(value) && !dumped.contains(value), "\(fixture)")
            }
        }
    }
}

@Suite struct `What is written in a case` {
    @Test func `is cleaned like a post, and empty when nothing of it can be seen`() throws {
        let typed = try #require(CaseStatement(subject: "Fr\u{202E}åga\u{1B}", text: "\n Hej\u{FEFF}\r\ndu\u{7}\n"))
        #expect(typed.subject == "Fråga" && typed.text == " Hej\ndu")
        let blank = "\u{200B}\u{AD}\u{2800} "
        #expect(CaseStatement(text: blank) == nil && CaseStatement(subject: blank, text: "Hej") == nil)
        #expect(CaseReply(blank) == nil && CaseNote(blank) == nil && CaseReasons(blank) == nil)
        #expect(CaseReply("Hej\u{202E}!")?.text == "Hej!")
        #expect(CaseStatement(text: "a\0b") == nil)
        let address = try #require(MailAddress("moa@example.se"))
        #expect(CaseContact(address, name: "Moa\u{202E} B")?.name == "Moa B")
    }
}
