import CSQLite
import Foundation
import Testkit

@testable import Events

/// The material of an auditor: a copy of `log.sqlite` alone, and a stored checkpoint.
final class LogCopy {
    let directory: URL
    let checkpoint: SignedCheckpoint
    let key: VerifierKey
    let original: [UInt8]

    var path: String { directory.appending(path: "log.sqlite").path }

    /// A log with every kind of event: sealed and unsealed, one caused by another, several of one subject, and an erasure.
    init(events count: Int = 60) async throws {
        let site = try TemporarySite()
        let anna = MemberID(rawValue: 7)
        checkpoint = try await site.withLog { log async throws in
            for number in 1..<count {
                let post = PostID(rawValue: UInt64(number % 15))
                var append = Note.append(
                    StreamName(post),
                    [number % 3 == 0 ? Note.sealed("Hej åäö \(number)", about: post, of: anna) : Note.clear(number)],
                    command: CommandID(named: "\(number)", at: .testStart),
                    actor: number % 2 == 0 ? .member(anna) : .system,
                    time: Instant.testStart.advanced(seconds: Double(number)))
                append.causation = number > 10 ? number - 5 : nil
                _ = try await log.append(append)
            }
            _ = try await log.erase(
                ErasureRequest(fence: FenceID(rawValue: 1), .subjects([Subject(.post, PostID(rawValue: 3))])),
                command: CommandID(named: "erase", at: .testStart), by: .operator, at: .testStart.advanced(seconds: 900)
            )
            return try await log.checkpoint()
        }
        key = site.verifierKey
        original = Array(try Data(contentsOf: URL(fileURLWithPath: site.files.log)))
        directory = FileManager.default.temporaryDirectory.appending(path: "log-copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try write(original)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    func verify(against kept: SignedCheckpoint? = nil) throws -> LogVerification {
        try LogVerifier(path: path, checkpoint: kept ?? checkpoint, key: key).run()
    }

    func verifyWithoutCheckpoint() throws -> LogVerification { try LogVerifier(path: path).run() }

    /// Changes the copy as the owner of the file could: without triggers and checks, and without leaving a WAL.
    func tamper(_ change: (SQLiteConnection) throws -> Void) throws {
        let connection = try SQLiteConnection(path, .readWrite)
        connection.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, false)
        try connection.run("PRAGMA ignore_check_constraints=ON")
        _ = try connection.text("PRAGMA journal_mode=DELETE")
        try change(connection)
    }

    /// Every value of every row that the evidence covers, with its storage class; claims are not covered, since they derive from sealed
    /// content.
    func dump() throws -> [String] {
        let connection = try SQLiteConnection(path, .immutable)
        return try ["log", "events", "tiles"].flatMap { table in
            let columns = try connection.statement("SELECT name FROM pragma_table_info('\(table)')").rows { $0.text(0) }
            let values = columns.map { "typeof(\($0)) || quote(\($0))" }.joined(separator: " || ',' || ")
            return try connection.statement("SELECT \(values) FROM \(table) ORDER BY 1").rows { $0.text(0) }.sorted()
        }
    }
}
