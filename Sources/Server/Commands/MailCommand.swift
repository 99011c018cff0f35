import ArgumentParser
import Events

/// `mail`: what waits to be sent.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Look after outgoing mail.", subcommands: [Release.self])

    struct Release: LocalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send the mail that has waited since the site was restored.",
            discussion: "A running site sends it within half a minute. Some of it may have been sent before.")

        @OptionGroup var options: DataOptions

        func perform(output: CommandOutput) async throws {
            _ = try LogCopy(options.files)
            let wasHeld = try HeldMail(in: options.files.data).release()
            if options.json {
                output.json(["released": wasHeld])
            } else {
                output.line(wasHeld ? "Mail from before the restore may go out now." : "No mail was held.")
            }
        }
    }
}
