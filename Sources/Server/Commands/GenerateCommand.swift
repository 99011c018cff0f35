import Accounts
import ArgumentParser
import Events
import Forum
import Foundation
import Processes

/// `generate`: bulk data for benchmarks, through the real codec and append.
struct GenerateCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: """
            Add deterministic bulk data to a data directory (made if missing), for benchmarks. Only its time is another each time.
            """)

    @OptionGroup var options: DataOptions

    @Option(help: "How many members.")
    var members = 1000

    @Option(help: "How many threads.")
    var threads = 1000

    @Option(help: "How many replies, beside each thread's first post.")
    var posts = 10_000

    @Option(help: "How many sign-ins without anything written.")
    var signIns = 0

    @Option(help: "How many days ago all of it happened; only for a new data directory.")
    var daysAgo = 0

    @Option(help: "The list of official test personal identity numbers.")
    var numbers = "Fixtures/test-personal-identity-numbers.txt"

    @Option(help: "Another seed gives other data.")
    var seed: UInt64 = 1

    func validate() throws {
        guard members > 0, threads >= 0, posts >= 0, signIns >= 0, daysAgo >= 0, threads > 0 || posts == 0 else {
            throw ValidationError("there must be members to write, threads to reply in, and no number below zero")
        }
    }

    func perform(output: CommandOutput) async throws {
        let clock = DemoClock(Clock.system.now().advanced(seconds: -86_400 * Double(daysAgo)))
        if !FileManager.default.fileExists(atPath: options.files.log) {
            _ = try await Application.create(options.files, clock: clock.clock)
        }
        let lock = try DirectoryLock(options.files)
        defer { withExtendedLifetime(lock) {} }
        let log = try EventLog(options.files, holds: Accounts.holdCheck)
        let start = ContinuousClock.now
        let before = log.head
        do {
            try await BulkData(
                log: log, clock: clock, seed: seed, numbers: try TestNumbers.adults(in: numbers, at: clock.now())
            ).write(
                members: members, threads: threads, posts: posts, signIns: signIns
            ) {
                output.progress("writing \($0)/\($1)")
            }
        } catch {
            await log.close()
            throw error
        }
        let events = log.head - before
        await log.close()
        let seconds = start.duration(to: .now) / .seconds(1)
        if options.json {
            output.json(["events": events, "seconds": seconds])
        } else {
            output.line("Added \(events) events in \(String(format: "%.1f", seconds)) s.")
        }
    }
}
