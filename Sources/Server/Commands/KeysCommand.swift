import Accounts
import ArgumentParser
import Events
import Foundation
import Processes

/// `keys`: the master key that wraps the vault, and the hash key of the claims.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Look after the keys.", subcommands: [Rotate.self, BackedUp.self])

    struct Rotate: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace master key and hash key; the old ones are destroyed when the backups are gone.",
            discussion: "Interrupted, it is continued by the same command, or by the site within the hour.")

        @OptionGroup var options: DataOptions

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let now = application.clock.now()
            let epoch = try await application.log.rotateKeys(
                claims: Accounts.claims, by: .operator, at: now, progress: { output.progress($0.words) })
            let replaced = try application.log.replacedEpochs().last
            let destroyed = try replaced.flatMap {
                try application.accounts.policies().deadline(from: $0.replaced, judgedAt: now) { $0.replacedKeyEpoch }
            }
            if options.json {
                output.json(["epoch": epoch, "oldKeysDestroyed": destroyed?.description ?? NSNull()])
            } else {
                output.line("Key epoch \(epoch) is in use; back up the keys directory.")
                if let destroyed { output.line("The old keys are destroyed on \(destroyed.stockholmDate).") }
            }
        }
    }

    /// `keys backed-up DIR`: for a copy that `backup` did not make.
    struct BackedUp: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "backed-up",
            abstract: "Compare a copy of the keys directory with the keys in use, and note it.",
            discussion: "'backup' copies the keys too and needs no such note.")

        @OptionGroup var options: DataOptions

        @Argument(help: "The directory of the copy.")
        var directory: String

        var paths: [String] { [directory] }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let copy = URL(fileURLWithPath: directory)
            let epoch = try await application.log.confirmKeysBackup(
                in: copy, by: .operator, at: application.clock.now())
            let isApart = try !copy.isOnMedium(of: application.files.keys)
            if options.json {
                output.json(["epoch": epoch, "onOtherMedium": isApart])
            } else {
                output.line("The copy has the keys in use, epoch \(epoch).")
                if !isApart { output.line("It lies on the medium of the keys: move it to another one.") }
            }
        }
    }
}
