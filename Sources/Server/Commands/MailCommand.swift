import ArgumentParser
import Events
import Messaging
import Processes

/// `mail`: the mail that waits to be sent.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Look after outgoing mail.", subcommands: [Release.self])

    struct Release: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send the mail that has waited since the site was restored.",
            discussion: "A running site sends it within half a minute. Some of it may have been sent before.")

        @OptionGroup var options: DataOptions

        /// Recorded first, so that the mail sent afterwards can be traced to a decision.
        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let quarantined = QuarantinedMail(in: application.files.data)
            if let through = quarantined.through {
                try await application.messaging.release(
                    through: min(through, application.log.head), by: .operator,
                    command: CommandID(at: application.clock.now()))
            }
            let wasQuarantined = try quarantined.release()
            if options.json {
                output.json(["released": wasQuarantined])
            } else {
                output.line(wasQuarantined ? "Mail from before the restore may go out now." : "No mail was held.")
            }
        }
    }
}
