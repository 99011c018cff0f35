import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Projections

/// `backup DIR`: log, vault and keys, each in a separate directory; works with or without a running site.
struct BackupCommand: SiteCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy log, vault and keys into a new directory.",
        discussion: "Keep DIR/keys on another medium than DIR/log and DIR/vault. Views and sessions are not copied.")

    @OptionGroup var options: DataOptions

    @Argument(help: "A directory that is new or empty.")
    var directory: String

    var paths: [String] { [directory] }

    func perform(on host: CommandHost, output: CommandOutput) async throws {
        let application = host.application
        let report = try await application.log.backUp(
            to: URL(fileURLWithPath: directory), by: .operator, at: application.clock.now(),
            progress: { output.progress($0.words) })
        let policy = try application.accounts.policies()
        let expiry = policy.deadline(from: report.begun, judgedAt: application.clock.now()) { $0.backup }
        if options.json {
            output.json([
                "backup": report.id.description, "directory": report.directory.path, "head": report.head,
                "bytes": report.bytes, "begun": report.begun.description,
                "throwAwayBy": expiry?.description ?? NSNull(),
            ])
            return
        }
        output.line(
            "Backup \(report.id): \(report.head) events, \(report.bytes / 1024) KiB in \(report.directory.path)")
        output.line("  log/    log.sqlite and its signed head")
        output.line("  vault/  vault.sqlite, and reading.sqlite with what members have read, marked and drafted")
        output.line("  keys/   the keys and the erasure ledger: move it to another medium")
        if let expiry {
            output.line("Throw it away by \(expiry.stockholmDate): erased data must not outlast that day.")
        }
    }
}

extension MaintenanceProgress {
    var words: String { "\(step) \(RebuildProgress(done: done, total: total).bar)" }
}
