import Foundation
import Testing
import Testkit

@testable import Events
@testable import Messaging

/// The events of cases as some version of the program wrote them.
private struct CaseFixture: Sendable, CustomStringConvertible {
    let name: String
    let schema: Int
    let clear: [UInt8]
    let sealed: [UInt8]?

    var description: String { name }

    static let all: [CaseFixture] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/events")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
        return names.filter { $0.hasPrefix("cases.") }.compactMap { try? CaseFixture(folder.appending(path: $0)) }
    }()

    private struct Unreadable: Error {}

    init(_ file: URL) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any],
            let name = root["type"] as? String, let schema = root["schema"] as? Int, let clear = root["clear"],
            let sealed = root["sealed"], file.lastPathComponent == "\(name).v\(schema).json"
        else { throw Unreadable() }
        self.name = name
        self.schema = schema
        self.clear = try CaseFixture.canonical(clear)
        self.sealed = sealed is NSNull ? nil : try CaseFixture.canonical(sealed)
    }

    private static func canonical(_ object: Any) throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]))
    }

    func event() throws -> CaseEvent {
        let recorded = RecordedEvent(
            position: 1, stream: StreamName(CaseID(rawValue: 1)), version: 1, type: EventType(name, schema),
            time: .testStart, actor: .visitor, causation: nil, command: CommandID(named: name, at: .testStart),
            clear: ClearPart(stored: clear),
            subject: sealed == nil ? nil : Subject(.statement, createdBy: CommandID(named: "s", at: .testStart)),
            owner: sealed == nil ? nil : Owner(CaseID(rawValue: 1)), content: sealed.map { .open($0) } ?? .none)
        return try #require(try CaseEvent.decode(recorded))
    }
}

@Suite struct `Events of cases` {
    @Test func `each have a fixture`() {
        #expect(Set(CaseFixture.all.map(\.name)) == Set(CaseEventName.allCases.map(\.rawValue)))
    }

    @Test(arguments: CaseFixture.all) private func `are written byte for byte as they are read`(fixture: CaseFixture)
        throws
    {
        let encoded = try fixture.event().encoded()
        #expect(encoded.type == EventType(fixture.name, 1))
        #expect(String(decoding: encoded.clear.bytes, as: UTF8.self) == String(decoding: fixture.clear, as: UTF8.self))
        #expect(encoded.sealed?.plaintext == fixture.sealed)
    }

    @Test(.clause("P-14.1"), arguments: CaseFixture.all) private func `hold nothing personal in the clear`(
        fixture: CaseFixture
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
        for fixture in CaseFixture.all {
            let (printed, dumped) = ("\(try fixture.event())", String(reflecting: try fixture.event()))
            for value in ["Moa", "adress", "moa@", "bilden", "ordnat"] {
                #expect(!printed.contains(value) && !dumped.contains(value), "\(fixture)")
            }
        }
    }
}
