import Events
import Foundation
import GRDB
import Testkit

@testable import Projections

/// A data directory as some version of the program left it (`Fixtures/histories/<name>`): log, vault and keys must stay readable for
/// ever.
struct KeptHistory: Sendable, CustomStringConvertible {
    /// Its content when it was stored.
    struct Findings: Codable, Equatable {
        /// The number of events of each type.
        var types: [String: Int] = [:]
        var opened = 0
        var erased = 0
        var usernames: [String] = []
        /// The titles of all threads, in the order of the log; nil for an erased one.
        var titles: [String?] = []
        /// The number of posts in each state.
        var posts: [String: Int] = [:]
    }

    private struct Record: Codable {
        let verifierKey: String
        let found: Findings
    }

    let description: String
    let verifierKey: VerifierKey
    let found: Findings

    private var directory: URL { KeptHistory.folder.appending(path: description) }

    static let folder = project.appending(path: "Fixtures/histories")
    /// The name for a new history to store.
    static let newName = ProcessInfo.processInfo.environment["KEEP_HISTORY"]
    private static let parts = ["log.sqlite", "vault.sqlite", "checkpoint", "keys"]

    static func all() throws -> [KeptHistory] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasSuffix(".md") }.sorted()
            .map { try KeptHistory(named: $0) }
    }

    private struct Unreadable: Error { let name: String }

    private init(named name: String) throws {
        let file = KeptHistory.folder.appending(path: name).appending(path: "found.json")
        let record = try JSONDecoder().decode(Record.self, from: Data(contentsOf: file))
        guard let key = VerifierKey(record.verifierKey) else { throw Unreadable(name: name) }
        description = name
        verifierKey = key
        found = record.found
    }

    /// Stores the files of a site under a name that is not yet in use.
    static func keep(_ site: TemporarySite, as name: String, _ found: Findings) throws {
        let directory = folder.appending(path: name)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
        for part in parts {
            try FileManager.default.copyItem(
                at: site.files.data.appending(path: part), to: directory.appending(path: part))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let record = Record(verifierKey: site.verifierKey.description, found: found)
        try encoder.encode(record).write(to: directory.appending(path: "found.json"))
    }

    /// A copy to work on; the caller removes it.
    func copied() throws -> LogFiles {
        let copy = FileManager.default.temporaryDirectory.appending(path: "mikroforetag-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        for part in KeptHistory.parts {
            try FileManager.default.copyItem(at: directory.appending(path: part), to: copy.appending(path: part))
        }
        return LogFiles(data: copy)
    }
}

extension KeptHistory.Findings {
    init(_ log: EventLog, _ views: Views) throws {
        for event in try log.events(after: 0, limit: log.head) {
            types[event.type.description, default: 0] += 1
            switch event.content {
            case .open: opened += 1
            case .erased: erased += 1
            case .none, .locked: break
            }
        }
        try views.read { snapshot in
            let database = snapshot.database
            usernames = try String.fetchAll(database, sql: "SELECT username FROM members ORDER BY username")
            titles = try Optional<String>.fetchAll(database, sql: "SELECT title FROM threads ORDER BY opened, id")
            let states = try Row.fetchAll(database, sql: "SELECT state, count(*) FROM posts GROUP BY state")
            posts = Dictionary(uniqueKeysWithValues: states.map { ($0[0], $0[1]) })
        }
    }
}
