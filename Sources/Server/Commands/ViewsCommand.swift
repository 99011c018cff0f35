import ArgumentParser
import Events
import Foundation
import Processes
import Projections
import Synchronization

/// `views`: what pages are made from.
struct ViewsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "views", abstract: "Rebuild the views, see how far they are, or compare two of them.",
        subcommands: [Rebuild.self, Status.self, DiffCommand.self, Delete.self, Show.self])

    struct Rebuild: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build all views anew from the log, beside the running site, and switch to them.",
            discussion: "With --as-of, build them as they were then, into a file that 'serve --views FILE' shows.")

        @OptionGroup var options: DataOptions

        @Option(help: "Build what the pages showed at this time (RFC 3339 or a date), and switch to nothing.")
        var asOf: String?

        @Option(help: "With --as-of: the file to make. (default: a new name in the data directory)")
        var out: String?

        var paths: [String] { [out].compactMap(\.self) }
        var endsWithItsCaller: Bool { true }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            if let asOf { return try await buildPast(asOf, on: application, output) }
            guard out == nil else { throw CommandFailure.usage("--out goes with --as-of TIME") }
            let rebuilt = try await application.views.rebuild { output.progress("rebuilding \($0.bar)") }
            let rate = rebuilt.seconds > 0 ? Int(Double(rebuilt.events) / rebuilt.seconds) : 0
            if options.json {
                output.json([
                    "generation": rebuilt.generation, "events": rebuilt.events, "seconds": rebuilt.seconds,
                    "eventsPerSecond": rate,
                ])
            } else {
                let seconds = String(format: "%.1f", rebuilt.seconds)
                output.line(
                    "Generation \(rebuilt.generation) is in use: \(rebuilt.events) events in \(seconds) s (\(rate)/s).")
            }
        }
    }

    struct Status: LocalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show each generation of the views and how far it has come.")

        @OptionGroup var options: DataOptions

        func perform(output: CommandOutput) async throws {
            let head = try LogCopy(options.files).head()
            let files = try Views.files(in: options.files.data)
            defer { for past in PastFiles.all(in: options.files.data) { show(past, output) } }
            if files.isEmpty, !options.json { output.line("There are no views yet; 'serve' builds them.") }
            for file in files {
                let state =
                    file.isReady ? (file.isOfThisProgram ? "ready" : "of another version of the program") : "building"
                if options.json {
                    output.json([
                        "generation": file.number, "state": state, "position": file.position, "head": head,
                        "bytes": file.bytes,
                    ])
                } else {
                    output.line(
                        "generation \(file.number): \(state), position \(file.position) of \(head), \(file.bytes / 1024) KiB"
                    )
                }
            }
        }
    }
}
