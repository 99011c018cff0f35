import Foundation
import Testkit

@testable import Events

/// An event as some version of the program wrote it: `Fixtures/events/<type>.v<schema>.json`. Read for ever.
struct EventFixture: Sendable, CustomStringConvertible {
    var type: EventType
    let clear: [UInt8]
    let sealed: [UInt8]?

    var description: String { type.description }

    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/events")

    /// Those of one module, by the prefix of its types: `accounts.`.
    static func all(of module: String) throws -> [EventFixture] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasPrefix(module) && $0.hasSuffix(".json") }
            .map { try EventFixture(file: folder.appending(path: $0)) }
    }

    private struct Unreadable: Error { let file: String }

    init(file: URL) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any],
            let name = root["type"] as? String, let schema = root["schema"] as? Int, let clear = root["clear"],
            let sealed = root["sealed"], file.lastPathComponent == "\(name).v\(schema).json"
        else { throw Unreadable(file: file.lastPathComponent) }
        type = EventType(name, schema)
        self.clear = try EventFixture.canonical(clear)
        self.sealed = sealed is NSNull ? nil : try EventFixture.canonical(sealed)
    }

    /// As the log would give it back.
    func recorded(in stream: StreamName, of owner: Owner, at time: Instant = .testStart) -> RecordedEvent {
        RecordedEvent(
            position: 1, stream: stream, version: 1, type: type, time: time, actor: .visitor, causation: nil,
            command: CommandID(named: type.description, at: time), clear: ClearPart(stored: clear),
            subject: sealed == nil ? nil : Subject(.identity, createdBy: CommandID(named: "subject", at: time)),
            owner: sealed == nil ? nil : owner, content: sealed.map { .open($0) } ?? .none)
    }

    private static func canonical(_ object: Any) throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]))
    }
}

extension NewEvent {
    /// The bytes that will be sealed.
    var plaintext: [UInt8]? { sealed?.plaintext }
}
