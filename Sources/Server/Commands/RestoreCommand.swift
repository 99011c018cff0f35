import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Projections

/// `restore DIR`: restores a backup, but never what was erased since.
struct RestoreCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put back log, vault and keys from a backup, as far as it holds them.",
        discussion: """
            Each part comes from DIR/log, DIR/vault and DIR/keys, or is there already; keys that are there stay. Needs an \
            erasure ledger newer than the backup: beside the present keys, in the anchor directory, or given with --ledger. \
            Interrupted, the same command goes on.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The directory of the backup.")
    var directory: String

    @Option(help: "The newest copy of erasures.ledger.")
    var ledger: String?

    @Flag(name: .customLong("accept-loss"), help: "Go on although newer events than the backup's are lost for ever.")
    var acceptsLoss = false

    func perform(output: CommandOutput) async throws {
        let files = options.files
        let order = RestoreOrder(
            files: files, backup: URL(fileURLWithPath: directory), ledger: ledger.map { URL(fileURLWithPath: $0) },
            acceptsLoss: acceptsLoss)
        guard FileManager.default.fileExists(atPath: directory) else {
            throw CommandFailure.usage("there is no directory \(directory)")
        }
        // Without a directory no process can be running; with one, the lock makes sure that none is.
        let exists = FileManager.default.fileExists(atPath: files.data.path)
        var lock = exists ? try DirectoryLock(files) : nil
        let plan = try RestorePlan(order)
        if lock == nil {
            try FileManager.default.createDirectory(
                at: files.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            lock = try DirectoryLock(files)
        }
        defer { withExtendedLifetime(lock) {} }
        let restoration = Restoration(plan, holds: Accounts.holdCheck)
        try restoration.place { output.progress($0.words) }
        try prepareForOlderLog(files, head: plan.head)
        try ReadingStore.restore(in: files, head: plan.head)
        report(try await restoration.finish(at: Events.Clock.system.now()), output)
    }

    /// Views and outbox follow the log; both may have seen more events of another log.
    private func prepareForOlderLog(_ files: LogFiles, head: Int) throws {
        Views.deleteAll(in: files.data)
        let runtime = files.data.appending(path: "runtime.sqlite").path
        if FileManager.default.fileExists(atPath: runtime) {
            let store = try RuntimeStore(at: runtime)
            try Outbox(store: store, head: head).removeAll(after: head)
            try store.emptyWriteAheadLog()
        }
        try QuarantinedMail(in: files.data).hold(through: head)
    }

    private func report(_ report: RestoreReport, _ output: CommandOutput) {
        if options.json {
            output.json([
                "restored": report.parts.map(\.rawValue), "head": report.head, "fencedAgain": report.fencedAgain,
                "origin": report.origin,
                "lost": report.continued.map { ["from": $0.lostFrom, "through": $0.lastKnown] as [String: Int] }
                    ?? NSNull(),
            ])
            return
        }
        output.line(
            "Restored \(report.parts.map(\.rawValue).joined(separator: ", ")); the log has \(report.head) events.")
        output.line("Erased again, because this log had forgotten it: \(report.fencedAgain)")
        if let lost = report.continued {
            output.line(
                "Lost for ever: positions \(lost.lostFrom) to \(lost.lastKnown). Tell whoever keeps checkpoints:")
            output.line("the log goes on as \(report.origin)")
        }
        output.line("Mail from before waits: 'mikroforetag mail release' lets it go. Then start the site.")
    }
}
