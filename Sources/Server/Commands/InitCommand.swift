import Accounts
import ArgumentParser
import Events
import Foundation
import Processes

/// `init`: a new site, with its keys and its first policy and terms.
struct InitCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Create a data directory with keys and print the verifier key.")

    @OptionGroup var options: DataOptions

    func perform(output: CommandOutput) async throws {
        let key = try await Application.create(options.files, clock: .system)
        if options.json {
            output.json([
                "data": options.files.data.path, "keys": options.files.keys.path, "verifierKey": key.description,
            ])
        } else {
            output.line(
                "Created \(options.files.data.path). Keep \(options.files.keys.path) apart from it and back it up.")
            output.line("Verifier key, for whoever checks the log's checkpoints:")
            output.line(key.description)
        }
    }
}

extension Application {
    /// Makes the files of a new site and publishes the first versions of the policy and the terms (P-00.1).
    static func create(_ files: LogFiles, clock: Events.Clock) async throws -> VerifierKey {
        let key = try EventLog.create(files, at: clock.now())
        let log = try EventLog(files, holds: Accounts.holdCheck)
        try await Accounts(log: log, hasher: PasswordHasher(), clock: clock).publishFirstVersions()
        await log.close()
        return key
    }
}
