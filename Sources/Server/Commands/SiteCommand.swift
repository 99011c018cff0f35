import ArgumentParser
import Events
import Foundation
import Processes

/// `--data`, `--keys`, `--anchor` and `--json`, which every command takes.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory.")
    var data = "./data"

    @Option(help: "The directory of the keys. (default: DATA/keys)")
    var keys: String?

    @Option(help: "The anchor directory. (default: what MIKROFORETAG_ANCHOR_DIRECTORY says, else none)")
    var anchor: String?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    var files: LogFiles {
        let anchor = anchor ?? ProcessInfo.processInfo.environment["MIKROFORETAG_ANCHOR_DIRECTORY"]
        return LogFiles(
            data: URL(fileURLWithPath: data), keys: keys.map { URL(fileURLWithPath: $0) },
            anchor: anchor.map { URL(fileURLWithPath: $0) })
    }
}

/// A command that runs in its own process: it reads files, makes a new site, or is the site.
protocol LocalCommand: ParsableCommand {
    func perform(output: CommandOutput) async throws
}

/// A command that writes. It runs in the serving process if there is one, else it takes the lock itself: same events, same exit status.
protocol SiteCommand: ParsableCommand {
    var options: DataOptions { get }
    /// The arguments that name files: relative to where the command was typed, whichever process runs it.
    var paths: [String] { get }
    /// Whether the command is cancelled, and leaves nothing, when its caller disconnects or the site stops.
    var endsWithItsCaller: Bool { get }
    func perform(on host: CommandHost, output: CommandOutput) async throws
}

extension SiteCommand {
    var paths: [String] { [] }
    var endsWithItsCaller: Bool { false }

    /// - Parameter arguments: the words of the command line, which the serving process parses again.
    /// - Returns: the exit status.
    func perform(arguments: [String], output: CommandOutput) async throws -> Int32 {
        if let client = ControlClient(socket: ControlServer.path(in: options.files.data)) {
            let absolute = arguments.map { paths.contains($0) ? URL(fileURLWithPath: $0).path : $0 }
            return try client.run(absolute, output: output)
        }
        let lock = try DirectoryLock(options.files)
        defer { withExtendedLifetime(lock) {} }
        let application = try Application(options.files, clock: .system) {
            output.progress("building the views \($0.bar)")
        }
        do {
            try await perform(on: CommandHost(application), output: output)
        } catch {
            await application.close()
            throw error
        }
        await application.close()
        return 0
    }
}
