import ArgumentParser
import Events
import Foundation

extension LogCommand {
    /// `log verify`: every row, every hash, the tree, and whatever checkpoint somebody kept.
    struct Verify: LocalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole log, and that it goes on from a kept checkpoint.",
            discussion: "Needs neither keys nor a running site. Exit status 1 when something is wrong.")

        @OptionGroup var options: DataOptions

        @Option(help: "A checkpoint file that was kept earlier.")
        var checkpoint: String?

        @Option(help: "The verifier key that 'init' printed; without it signatures are not checked.")
        var key: String?

        func perform(output: CommandOutput) async throws {
            let verifier = LogVerifier(
                path: options.files.log, checkpoint: try keptCheckpoint(), key: try verifierKey())
            let result = try verifier.run { step in
                output.progress("checking \(step.phase.rawValue) \(step.done)/\(step.total)")
            }
            options.json ? output.json(json(of: result)) : describe(result, to: output)
            guard result.isSound else {
                throw CommandFailure.finding("the log is not sound; keep this copy, and compare it with a backup")
            }
        }

        private func describe(_ result: LogVerification, to output: CommandOutput) {
            for finding in result.findings { output.line("\(finding)") }
            if result.furtherFindings > 0 { output.line("and \(result.furtherFindings) more") }
            output.line("events: \(result.events)")
            if let head = result.head {
                output.line("origin: \(head.origin)")
                output.line("root: \(Data(head.root).base64EncodedString())")
            }
            switch result.consistency {
            case .notChecked: output.line("checkpoint: not checked (give one with --checkpoint)")
            case .consistent(let size): output.line("checkpoint: the log goes on from its \(size) events")
            case .inconsistent: output.line("checkpoint: does not agree with the log")
            }
            output.line("signature: \(result.signature.rawValue)")
            output.line(result.isSound ? "The log is sound." : "The log is NOT sound.")
        }

        private func json(of result: LogVerification) -> [String: Any] {
            [
                "sound": result.isSound, "events": result.events, "signature": result.signature.rawValue,
                "root": result.head.map { Data($0.root).base64EncodedString() } ?? NSNull(),
                "findings": result.findings.map(\.description), "furtherFindings": result.furtherFindings,
            ]
        }

        private func keptCheckpoint() throws -> SignedCheckpoint? {
            guard let checkpoint else {
                return try key == nil
                    ? nil : LogCopy.lastCheckpoint(options.files).map { try SignedCheckpoint(note: $0) }
            }
            guard let note = try? String(contentsOfFile: checkpoint, encoding: .utf8) else {
                throw CommandFailure.usage("cannot read the checkpoint file \(checkpoint)")
            }
            do { return try SignedCheckpoint(note: note) } catch {
                throw CommandFailure.usage("\(checkpoint): \(error)")
            }
        }

        private func verifierKey() throws -> VerifierKey? {
            try key.map { text in
                guard let key = VerifierKey(text) else {
                    throw CommandFailure.usage("--key takes a verifier key as 'init' printed it: name+id+base64")
                }
                return key
            }
        }
    }
}
