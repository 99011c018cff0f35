import ArgumentParser
import Events
import Foundation
import Processes
import Projections
import Site

extension ViewsCommand.Rebuild {
    /// `views rebuild --as-of`
    func buildPast(_ asOf: String, on application: Application, _ output: CommandOutput) async throws {
        guard let time = Instant(asOf) ?? CalendarDate(asOf)?.startInStockholm else {
            throw CommandFailure.usage("'\(asOf)' is no time; write 2026-03-10 or 2026-03-10T12:00:00Z")
        }
        guard time <= application.clock.now() else {
            throw CommandFailure.usage("\(time) is yet to come; take an earlier time")
        }
        guard let files = application.views.past else { return }
        let built = try await files.build(asOf: time, to: out.map { URL(fileURLWithPath: $0) }) {
            output.progress("building \($0.bar)")
        }
        if options.json {
            output.json(built.json(head: application.log.head))
        } else {
            output.line("\(built.path) shows \(built.time), up to position \(built.position).")
            output.line(
                "Look at it with 'mikroforetag serve --views FILE'; delete it with 'mikroforetag views delete FILE'.")
        }
    }
}

extension ViewsCommand.Status {
    func show(_ past: PastViews.Status, _ output: CommandOutput) {
        if options.json {
            output.json(past.json(head: nil))
        } else {
            let state = past.isOfThisProgram ? "" : ", of another version of the program"
            output.line("\(past.path): as of \(past.time), position \(past.position), \(past.bytes / 1024) KiB\(state)")
        }
    }
}

extension PastViews.Status {
    fileprivate func json(head: Int?) -> [String: Any] {
        var object: [String: Any] = [
            "file": path, "state": "past", "asOf": time.description, "position": position, "erasedThrough": fenced,
            "bytes": bytes,
        ]
        if let head { object["head"] = head }
        return object
    }
}

extension ViewsCommand {
    struct Delete: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a file that 'views rebuild --as-of' has made.")

        @OptionGroup var options: DataOptions

        @Argument(help: "The file, as 'views status' lists it.")
        var file: String

        var paths: [String] { [file] }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            try application.views.past?.delete(URL(fileURLWithPath: file))
            if !options.json { output.line("\(file) is deleted.") }
        }
    }

    /// What `serve --views` sends to a running site.
    struct Show: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a file that 'views rebuild --as-of' has made, until this command ends.",
            shouldDisplay: false)

        @OptionGroup var options: DataOptions

        @Argument var file: String

        @Option var port = PastSite.port

        var paths: [String] { [file] }
        var endsWithItsCaller: Bool { true }

        func validate() throws { try PortOption.check(port) }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            try await PastSites(running: host.running).show(
                URL(fileURLWithPath: file), of: host.application, port: port, SiteConfiguration(), output: output)
        }
    }
}
