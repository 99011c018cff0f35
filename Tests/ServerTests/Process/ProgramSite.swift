import Events
import Foundation
import Testing

/// A data directory with a few members and threads, created by the program, for one test.
final class ProgramSite: Sendable {
    let directory: URL
    var data: String { directory.appending(path: "data").path }
    var files: LogFiles { LogFiles(data: directory.appending(path: "data")) }

    /// - Parameter directory: the parent of the data directory; nil for a new temporary one.
    init(in directory: URL? = nil) async throws {
        self.directory =
            directory
            ?? FileManager.default.temporaryDirectory.appending(path: "site-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: self.directory, withIntermediateDirectories: true)
        let made = try await Program.run("generate", "--data", data, "--members", "3", "--threads", "2", "--posts", "5")
        try #require(made.status == 0, "\(made.errors)")
    }

    private init(copy directory: URL) { self.directory = directory }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// A copy of the files.
    func copy() throws -> ProgramSite {
        let copy = FileManager.default.temporaryDirectory.appending(path: "site-\(UUID().uuidString.prefix(8))")
        try FileManager.default.copyItem(at: directory, to: copy)
        return ProgramSite(copy: copy)
    }

    /// Runs a command on this data directory.
    func run(_ words: String...) async throws -> Program.Result { try await Program.run(words + ["--data", data]) }

    /// Starts `serve` and waits until it listens.
    func serve(
        limits: String? = nil, environment: [String: String] = [:], logLevel: String = "error"
    ) async throws -> ProgramRun {
        let words = [
            "serve", "--data", data, "--port", "0", "--log-level", logLevel, "--mail",
            directory.appending(path: "mail").path,
        ]
        let run = try ProgramRun(words, limits: limits, environment: environment)
        try await run.wait(for: " is at ")
        return run
    }

    func files(ending suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: data).filter { $0.hasSuffix(suffix) }
    }

    /// The events of a stream without what differs from one run to the next, and without positions, since a running site appends other
    /// events in between.
    func events(in stream: StreamName) throws -> [String] {
        let log = try LogCopy(files)
        return try log.events(after: 0, limit: log.head()).filter { $0.stream == stream }.map { event in
            "\(event.version) \(event.type) \(event.actor) \(String(decoding: event.clear.bytes, as: UTF8.self))"
        }
    }

    func lastEvents(_ count: Int) throws -> [String] {
        let log = try LogCopy(files)
        return try log.events(after: log.head() - count, limit: count).map { event in
            "\(event.position) \(event.stream) \(event.version) \(event.type) \(event.actor) \(String(decoding: event.clear.bytes, as: UTF8.self))"
        }
    }
}
