import Accounts
import ArgumentParser
import Events

/// `policy`: the versions of the privacy policy.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "See the versions of the privacy policy.",
        subcommands: [List.self, Audit.self])

    struct List: LocalCommand {
        static let configuration = CommandConfiguration(abstract: "List the published versions, oldest first.")

        @OptionGroup var options: DataOptions

        func perform(output: CommandOutput) async throws {
            let calendar = try LogCopy(options.files).state(of: PolicyDocument.stream, as: PolicyCalendar.self)
            let inForce = calendar.inForce(at: Events.Clock.system.now())?.version
            for document in calendar.versions {
                let state =
                    document.version == inForce
                    ? "in force" : document.version > (inForce ?? document.version) ? "announced" : "replaced"
                if options.json {
                    output.json([
                        "version": document.version.description, "hash": document.hash.description, "state": state,
                        "change": document.change.rawValue,
                    ])
                } else {
                    output.line("\(document.version)  \(state)  \(document.change.rawValue)  sha256:\(document.hash)")
                }
            }
        }
    }
}
