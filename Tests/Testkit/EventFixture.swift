package import Events
package import Foundation

/// An event as some version of the program wrote it (`Fixtures/events/<type>.v<schema>.json`), which must stay readable for ever.
package struct EventFixture: Sendable, CustomStringConvertible {
    /// A test may change it to a type that was never written.
    package var type: EventType
    package let clear: [UInt8]
    package let sealed: [UInt8]?

    package var description: String { type.description }

    package static let folder = project.appending(path: "Fixtures/events")

    /// The fixtures of one module, by the prefix of its types: `accounts.`.
    package static func all(of module: String) throws -> [EventFixture] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasPrefix(module) && $0.hasSuffix(".json") }
            .map { try EventFixture(file: folder.appending(path: $0)) }
    }

    package init(_ type: EventType) throws {
        try self.init(file: EventFixture.folder.appending(path: "\(type).json"))
    }

    private struct Unreadable: Error { let file: String }

    private init(file: URL) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any],
            let name = root["type"] as? String, let schema = root["schema"] as? Int, let clear = root["clear"],
            let sealed = root["sealed"], file.lastPathComponent == "\(name).v\(schema).json"
        else { throw Unreadable(file: file.lastPathComponent) }
        type = EventType(name, schema)
        self.clear = try EventFixture.canonical(clear)
        self.sealed = sealed is NSNull ? nil : try EventFixture.canonical(sealed)
    }

    private static func canonical(_ object: Any) throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]))
    }
}
