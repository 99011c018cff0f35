import ArgumentParser
import Events
import Foundation

/// `log`: for auditors. Read-only; a copy of `log.sqlite` is enough, and no keys are needed.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Verify and read the log.",
        subcommands: [Verify.self, Show.self, Replaying.self, LastCheckpoint.self])

    struct LastCheckpoint: LocalCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint", abstract: "Print the checkpoint that was signed last.")

        @OptionGroup var options: DataOptions

        func perform(output: CommandOutput) async throws {
            try LogUnusable.requireLog(at: options.files.log)
            guard let note = LogCopy.lastCheckpoint(options.files) else {
                throw CommandFailure.failed(
                    "no checkpoint has been signed yet; a site signs one when it stops and every hour")
            }
            output.line(note.trimmingCharacters(in: .newlines))
        }
    }
}
