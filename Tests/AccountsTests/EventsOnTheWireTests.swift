import Events
import Testing
import Testkit

@testable import Accounts

@Suite struct `Events of accounts` {
    static let fixtures = (try? EventFixture.all(of: AccountEventName.prefix)) ?? []
    let stream = StreamName(MemberID(rawValue: 7))
    let owner = Owner(MemberID(rawValue: 7))

    func decoded(_ fixture: EventFixture) throws -> AccountEvent {
        try #require(try AccountEvent.decode(fixture.recorded(in: stream, of: owner)))
    }

    @Test func `each have a fixture of every schema there ever was`() {
        let written = Set(Self.fixtures.map(\.type))
        for name in AccountEventName.allCases {
            for schema in 1...name.schema { #expect(written.contains(EventType(name.rawValue, schema))) }
        }
        #expect(written.count == Self.fixtures.count)
    }

    @Test(arguments: fixtures) func `of any schema are read for ever`(fixture: EventFixture) throws {
        _ = try decoded(fixture)
    }

    @Test(arguments: fixtures) func `of today's schema are written byte for byte as they are read`(
        fixture: EventFixture
    ) throws {
        let name = try #require(AccountEventName(rawValue: fixture.type.name))
        let encoded = try decoded(fixture).encoded()
        #expect(encoded.type == EventType(name.rawValue, name.schema))
        guard name.schema == fixture.type.schema else { return }
        #expect(String(decoding: encoded.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(encoded.plaintext == fixture.sealed)
    }

    @Test func `that answer the newsletter without naming the question are read as answers to a question unknown`()
        throws
    {
        let old = try #require(Self.fixtures.first { $0.type == EventType("accounts.newsletter-answered", 1) })
        #expect(try decoded(old) == .member(.consent(.newsletterAnswered(NewsletterAnswer(isYes: true, form: nil)))))
        #expect(try decoded(old).encoded().type.schema == 2)
    }

    @Test func `that have one choice for all texts are read as the same choice for posts and for messages`() throws {
        for (name, choices) in [("accounts.closed", TextsChoices.anonymise), ("accounts.texts-chosen", .erase)] {
            let old = try #require(Self.fixtures.first { $0.type == EventType(name, 1) })
            switch try decoded(old) {
            case .member(.closing(.closed(let decision))): #expect(decision.texts == choices)
            case .member(.closing(.textsChosen(let chosen, erasing: _))): #expect(chosen == choices)
            default: Issue.record("not about texts")
            }
            #expect(try decoded(old).encoded().type.schema == 2)
        }
    }

    @Test(.clause("P-16.6")) func `that confirm without a word about the number are read as holding it`() throws {
        let old = try #require(Self.fixtures.first { $0.type == EventType("accounts.confirmed", 1) })
        #expect(try decoded(old) == .member(.registration(.confirmed(.held))))
        #expect(try decoded(old).encoded().type.schema == 2)
    }

    @Test func `of a later program are not skipped, and other modules' are not touched`() throws {
        var fixture = try #require(Self.fixtures.first { $0.type.name == "accounts.confirmed" })
        fixture.type = EventType("accounts.confirmed", 3)
        #expect(throws: UnreadableEvent.self) { try decoded(fixture) }
        fixture.type = EventType("accounts.teleported", 1)
        #expect(throws: UnreadableEvent.self) { try decoded(fixture) }
        fixture.type = EventType("forum.post-published", 1)
        #expect(try AccountEvent.decode(fixture.recorded(in: stream, of: owner)) == nil)
    }

    @Test(arguments: fixtures) func `are read by the streams that they can stand in, and skipped by the others`(
        fixture: EventFixture
    ) throws {
        let event = fixture.recorded(in: stream, of: owner)
        let streams: [AccountEvent?] = [
            try PolicyEvent.decode(event).map { .policy($0) }, try StaffEvent.decode(event).map { .staff($0) },
            try SignInEvent.decode(event).map { .signIn($0) }, try SecurityEvent.decode(event).map { .security($0) },
            try MemberEvent.decode(event).map { .member($0) },
        ]
        #expect(streams.compactMap(\.self) == [try decoded(fixture)])
    }

    @Test func `of a later program are not skipped in any stream`() throws {
        var fixture = try #require(Self.fixtures.first { $0.type.name == "accounts.confirmed" })
        fixture.type = EventType("accounts.teleported", 1)
        let event = fixture.recorded(in: stream, of: owner)
        #expect(throws: UnreadableEvent.self) { try MemberEvent.decode(event) }
        #expect(throws: UnreadableEvent.self) { try StaffEvent.decode(event) }
    }

    @Test(.clause("P-14.1"), arguments: fixtures) func `hold nothing personal in the clear`(fixture: EventFixture) {
        let clear = String(decoding: fixture.clear, as: UTF8.self)
        for value in ["Moa", "moa", "19880917", "example.se", "0380", "192.0.2.7", "Firefox", "scrypt"] {
            #expect(!clear.contains(value))
        }
    }
}

@Suite struct `Events of corrections, oversight and staff names` {
    static let fixtures = ["corrections.", "oversight.", "staff-names."].flatMap {
        (try? EventFixture.all(of: $0)) ?? []
    }

    func decoded(_ fixture: EventFixture) throws -> (any DomainEvent)? {
        let member = MemberID(rawValue: 7)
        let event = fixture.recorded(in: StreamName(member), of: Owner(member))
        return try CorrectionEvent.decode(event) ?? OversightEvent.decode(event) ?? StaffNameEvent.decode(event)
    }

    @Test func `each have a fixture`() {
        let names =
            CorrectionEventName.allCases.map(\.rawValue) + OversightEventName.allCases.map(\.rawValue)
            + StaffNameEventName.allCases.map(\.rawValue)
        #expect(Set(Self.fixtures.map(\.type.name)) == Set(names))
    }

    @Test(arguments: fixtures) func `are written byte for byte as they are read`(fixture: EventFixture) throws {
        let encoded = try #require(try decoded(fixture)).encoded()
        #expect(encoded.type == fixture.type)
        #expect(String(decoding: encoded.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(encoded.plaintext == fixture.sealed)
    }

    @Test(.clause("P-14.1"), arguments: fixtures) func `hold nothing personal in the clear`(fixture: EventFixture) {
        let clear = String(decoding: fixture.clear, as: UTF8.self)
        for value in ["Moa", "agrees", "Polisen"] { #expect(!clear.contains(value)) }
    }
}
