import ArgumentParser
import Events

/// `retention`: what ends when its time is out.
struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Erase what has been held as long as the policy allows.",
        subcommands: [Run.self])

    struct Run: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do now what a running site does by itself every hour.",
            discussion: "Without a running site no last mail can be sent to those who are erased.")

        @OptionGroup var options: DataOptions

        @Flag(help: "Only list what is due.")
        var dryRun = false

        func perform(on community: Community, output: CommandOutput) async throws {
            dryRun
                ? list(try community.retention.due(), output)
                : summarise(try await community.retention.run(), output)
        }

        private func list(_ due: [RetentionDue], _ output: CommandOutput) {
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
            if !options.json { output.line(due.isEmpty ? "Nothing is due." : "\(due.count) due; nothing was changed.") }
        }

        private func summarise(_ done: [RetentionRule: Int], _ output: CommandOutput) {
            for rule in RetentionRule.allCases {
                guard let count = done[rule] else { continue }
                if options.json {
                    output.json(["rule": rule.rawValue, "done": count])
                } else {
                    output.line("\(rule.rawValue)  \(count)")
                }
            }
            if !options.json { output.line(done.isEmpty ? "Nothing was due." : "Done.") }
        }
    }
}
