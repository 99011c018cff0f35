import Accounts
import ArgumentParser
import Events

/// `policy`: the versions of the privacy policy and of the member terms.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "See, try, publish and audit versions of the privacy policy and the member terms.",
        subcommands: [List.self, PreviewCommand.self, PublishCommand.self, Audit.self])

    struct List: LocalCommand {
        static let configuration = CommandConfiguration(abstract: "List the published versions, oldest first.")

        @OptionGroup var options: DataOptions

        @Flag(help: "The versions of the member terms instead of the policy.")
        var terms = false

        func perform(output: CommandOutput) async throws {
            let log = try LogCopy(options.files)
            if terms {
                list(try log.state(of: TermsDocument.stream, as: TermsCalendar.self), output)
            } else {
                list(try log.state(of: PolicyDocument.stream, as: PolicyCalendar.self), output)
            }
        }

        private func list<Document: PublishedDocument>(_ calendar: VersionCalendar<Document>, _ output: CommandOutput) {
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
