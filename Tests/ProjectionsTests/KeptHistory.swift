import Events
import Foundation
import GRDB
import Testkit

@testable import Projections

/// A data directory as some version of the program left it: `Fixtures/histories/<name>`. Read for ever, log, vault and keys.
struct KeptHistory: Sendable, CustomStringConvertible {
    /// What it was found to hold when it was kept.
    struct Findings: Codable, Equatable {
        /// How many events there are of each type.
        var types: [String: Int] = [:]
        var opened = 0
        var erased = 0
        var usernames: [String] = []
        /// Of every thread, in the order of the log; nil where it is erased.
        var titles: [String?] = []
        /// How many posts there are in each state.
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
    /// Under which another one is to be kept.
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

    /// Keeps what a site has written, under a name that there is not yet.
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

    /// A copy to work on; whoever asked for it removes it.
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
