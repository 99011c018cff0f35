import ArgumentParser
import Events
import Processes

/// `retention`: the erasure of data whose time is out.
struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Erase what has been held as long as the policy allows.",
        subcommands: [Run.self])

    struct Run: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do now what a running site does by itself every hour.",
            discussion: """
                Goes by the machine's clock, also when that has just been set: look at it first. Without a running site \
                no last mail can be sent to those who are erased.
                """)

        @OptionGroup var options: DataOptions

        @Flag(help: "Only list what is due.")
        var dryRun = false

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            if dryRun { return try list(host.retention, output) }
            let run = try await host.retention.run()
            summarise(run, output)
            let failed = run.failed.values.reduce(0, +)
            guard !run.keysFailed else {
                throw CommandFailure.failed("the keys could not be replaced or destroyed; see what with 'doctor'")
            }
            guard failed == 0 else {
                throw CommandFailure.failed("\(failed) could not be ended; see which with 'retention run --dry-run'")
            }
        }

        private func list(_ retention: RetentionService, _ output: CommandOutput) throws {
            let side = try retention.side.due()
            let due = try retention.engine.due()
            for item in side {
                options.json
                    ? output.json(["rule": item.rule.rawValue, "count": item.count])
                    : output.line("\(item.rule.rawValue)  \(item.count)")
            }
            for item in due {
                if options.json {
                    output.json([
                        "rule": item.rule.rawValue, "id": item.id, "since": item.since.description,
                        "due": item.due.description,
                    ])
                } else {
                    output.line("\(item.rule.rawValue)  \(item.id)  since \(item.since)  due \(item.due)")
                }
            }
            let count = side.map(\.count).reduce(due.count, +)
            if !options.json { output.line(count == 0 ? "Nothing is due." : "\(count) due; nothing was changed.") }
        }

        private func summarise(_ run: RetentionRun, _ output: CommandOutput) {
            let counts =
                [("legal-hold", run.holdsEnded)]
                + SideRule.allCases.map { ($0.rawValue, run.side[$0] ?? 0) }
                + RetentionRule.allCases.map { ($0.rawValue, run.done[$0] ?? 0) }
            let done = counts.filter { $0.1 > 0 }
            for (rule, count) in done {
                options.json ? output.json(["rule": rule, "done": count]) : output.line("\(rule)  \(count)")
            }
            if !options.json { output.line(done.isEmpty ? "Nothing was due." : "Done.") }
        }
    }
}
