import Foundation
import Testing
import Testkit

/// The built program, run as users run it.
enum Program {
    /// Located in the same directory as the tests.
    static let path: URL = {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let program = tests.appending(path: "mikroforetag")
        return FileManager.default.isExecutableFile(atPath: program.path)
            ? program : project.appending(path: ".build/debug/mikroforetag")
    }()

    /// The longest wait for something that takes seconds on an idle machine.
    static let patience: Duration = .seconds(300)

    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
        var lines: [Substring] { output.split(separator: "\n") }
    }

    /// Runs a command line to completion.
    static func run(_ arguments: [String]) async throws -> Result {
        let run = try ProgramRun(arguments)
        return try await run.finish()
    }

    static func run(_ arguments: String...) async throws -> Result { try await run(arguments) }
}

/// A process of the program; its output goes to files, since a full pipe would block it.
final class ProgramRun: Sendable {
    private let process: Process
    private let output: URL
    private let errors: URL
    private let ended: AsyncStream<Void>

    var identifier: Int32 { process.processIdentifier }

    /// - Parameters:
    ///   - limits: a shell command to run first, such as `ulimit -n 100`.
    ///   - environment: added to the environment of the tests.
    init(_ arguments: [String], limits: String? = nil, environment: [String: String] = [:]) throws {
        let name = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)").path
        output = URL(fileURLWithPath: name + ".out")
        errors = URL(fileURLWithPath: name + ".err")
        process = Process()
        if let limits {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "\(limits) && exec \"$0\" \"$@\"", Program.path.path] + arguments
        } else {
            process.executableURL = Program.path
            process.arguments = arguments
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = project
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
    }

    var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    var complaints: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process.isRunning }

    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the process to end, normally or by a signal.
    func finish() async throws -> Program.Result {
        for await _ in ended {}
        return Program.Result(status: process.terminationStatus, output: printed, errors: complaints)
    }

    /// Waits until the program has printed `text`.
    func wait(for text: String, within limit: Duration = Program.patience) async throws {
        try await wait(for: "'\(text)'", within: limit) { printed.contains(text) }
    }

    /// Waits until the program has logged `text`; often, so that a test can kill it right then.
    func wait(forLogged text: String) async throws {
        try await wait(for: "'\(text)'") { complaints.contains(text) }
    }

    /// Waits for a state of the running program.
    func wait(
        for description: String, within limit: Duration = Program.patience, until isReached: () -> Bool
    ) async throws {
        let start = ContinuousClock.now
        while !isReached() {
            let isInTime = isRunning && start.duration(to: .now) < limit
            try #require(isInTime, "waited for \(description): \(printed)\(complaints)")
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

extension ProgramRun {
    /// How often the site has completed all erasures that were under way.
    private var completions: Int { complaints.ranges(of: "done=complete").count }

    /// Waits until a site in debug mode has erased what it should. Looks only after something was completed: a reader of a file keeps the
    /// site from emptying its write-ahead log, and so from completing.
    func wait(untilErased isErased: () throws -> Bool) async throws {
        var seen = completions
        while try !isErased() {
            try await wait(for: "\(seen + 1) completions", until: { completions > seen })
            seen = completions
        }
    }
}
