import ArgumentParser
import Events
import Foundation
import Processes
import Site

/// Checks a port given on the command line.
enum PortOption {
    static func check(_ port: Int?) throws {
        guard port.map((0...65_535).contains) ?? true else { throw ValidationError("--port is a number up to 65535") }
    }
}

/// `serve`: the site, until SIGTERM or SIGINT.
struct ServeCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the site.",
        discussion: "Settings come from --config FILE, then the environment (MIKROFORETAG_…), then these flags.")

    @Option(help: "A YAML file with settings.")
    var config: String?

    @Option(help: "The data directory. (default: ./data)")
    var data: String?

    @Option(help: "The directory of the keys. (default: DATA/keys)")
    var keys: String?

    @Option(help: "The directory on another medium where checkpoint and erasure ledger are kept as well.")
    var anchor: String?

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on. (default: 8080)")
    var port: Int?

    @Option(name: .customLong("base-url"), help: "Where the site is reached from outside.")
    var baseURL: String?

    @Option(help: "The maildir that mails are put into. (default: ./mail)")
    var mail: String?

    @Option(
        help: """
            Show this file of 'views rebuild --as-of' instead, on this machine only, to administrators and auditors; beside the \
            running site or without it.
            """)
    var views: String?

    @Option(name: .customLong("log-level"), help: "debug, info, notice, warning or error. (default: info)")
    var logLevel: String?

    func validate() throws { try PortOption.check(port) }

    func perform(output: CommandOutput) async throws {
        Allocator.useFewSmallArenas()
        let configuration = try SiteConfiguration(
            file: config, environment: ProcessInfo.processInfo.environment, flags: flags)
        let files = LogFiles(
            data: URL(fileURLWithPath: configuration.dataDirectory), keys: URL(fileURLWithPath: configuration.keys),
            anchor: configuration.anchorDirectory.map { URL(fileURLWithPath: $0) })
        try LogUnusable.requireLog(at: files.log)
        if let views { return try await show(views, configuration, files, output) }
        let lock = try DirectoryLock(files)
        defer { withExtendedLifetime(lock) {} }
        let application = try Application(files, clock: .system, serving: true) {
            output.progress("building the views \($0.bar)")
        }
        Allocator.giveBack()
        do {
            try await RunningSite(application, configuration).run(output: output)
        } catch {
            await application.close()
            throw error
        }
        await application.close()
    }

    /// Runs in the process that holds the log: the serving one if there is one, else this one.
    private func show(
        _ views: String, _ configuration: SiteConfiguration, _ files: LogFiles, _ output: CommandOutput
    ) async throws {
        guard host == nil || host == PastSite.host else {
            throw CommandFailure.usage("--views is shown at \(PastSite.host) only; leave --host out")
        }
        let file = URL(fileURLWithPath: views)
        let port = port ?? PastSite.port
        if let client = ControlClient(socket: ControlServer.path(in: files.data)) {
            _ = try client.run(["views", "show", file.path, "--port", String(port)], output: output)
            return
        }
        let lock = try DirectoryLock(files)
        defer { withExtendedLifetime(lock) {} }
        let application = try Application(files, clock: .system) { output.progress("building the views \($0.bar)") }
        do {
            try await PastSites(running: nil).show(file, of: application, port: port, configuration, output: output)
        } catch {
            await application.close()
            throw error
        }
        await application.close()
    }

    /// The given flags, by the key of the setting that each sets.
    private var flags: [String: String] {
        let given = [
            "data": data, "keys": keys, "anchor.directory": anchor, "host": host, "port": port.map(String.init),
            "baseURL": baseURL,
            "mail.directory": mail, "logLevel": logLevel,
        ]
        return given.compactMapValues(\.self)
    }
}
