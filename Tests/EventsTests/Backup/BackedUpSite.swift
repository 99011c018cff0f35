import Foundation
import Testkit

@testable import Events

/// A site with an anchor, a backup directory, and texts of two members.
final class BackedUpSite: Sendable {
    let directory: URL
    let anna = MemberID(rawValue: 7)
    let bo = MemberID(rawValue: 8)
    let time = TestClock()

    init(anchored: Bool = true) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "backed-up-\(UUID().uuidString)")
        isAnchored = anchored
        try FileManager.default.createDirectory(at: anchored ? anchor : directory, withIntermediateDirectories: true)
        _ = try EventLog.create(files, at: .testStart)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    private let isAnchored: Bool
    var anchor: URL { directory.appending(path: "anchor") }
    var backup: URL { directory.appending(path: "backup") }

    /// Keys are stored apart from the data, as in production.
    var files: LogFiles { files(in: "data") }

    func files(in name: String, keys: String = "keys") -> LogFiles {
        LogFiles(
            data: directory.appending(path: name), keys: directory.appending(path: keys),
            anchor: isAnchored ? anchor : nil)
    }

    @discardableResult
    func withLog<Value>(_ files: LogFiles? = nil, _ body: (EventLog) async throws -> Value) async throws -> Value {
        let log = try EventLog(files ?? self.files)
        return try await closing(with: log.close) { try await body(log) }
    }

    func write(_ text: String, by member: MemberID, in log: EventLog, about post: PostID = .random()) async throws {
        _ = try await log.append(
            Note.append(StreamName(post), [Note.sealed(text, about: post, of: member)], time: time.now))
    }

    func erase(_ member: MemberID, in log: EventLog) async throws {
        try await log.erase(
            ErasureRequest(fence: .random(), .owner(Owner(member))), command: CommandID(at: time.now), by: .system,
            at: time.now)
    }

    func backUp(_ log: EventLog, to directory: URL? = nil) async throws -> BackupReport {
        try await log.backUp(to: directory ?? backup, by: .operator, at: time.now)
    }

    func restore(
        _ files: LogFiles? = nil, from backup: URL? = nil, ledger: URL? = nil, acceptsLoss: Bool = false
    ) async throws -> RestoreReport {
        let files = files ?? self.files
        let order = RestoreOrder(files: files, backup: backup ?? self.backup, ledger: ledger, acceptsLoss: acceptsLoss)
        let restoration = Restoration(try RestorePlan(order))
        try FileManager.default.createDirectory(at: files.data, withIntermediateDirectories: true)
        try restoration.place()
        return try await restoration.finish(at: time.now)
    }

    /// Deletes some of the files, as a disk failure would.
    func lose(_ paths: String...) throws {
        for path in paths { try FileManager.default.removeItem(atPath: path) }
    }

    /// Every text of a log in order; nil for an erased one.
    func texts(_ files: LogFiles? = nil) async throws -> [String?] {
        try await withLog(files) { log async throws in
            try log.events(after: 0, limit: 10_000).filter { $0.type.name == "test.written" }.map { try $0.text.value }
        }
    }
}
