import ArgumentParser
import Events
import Foundation

extension LogCommand {
    /// `log verify`: every row, every hash, the tree, and any checkpoint that was kept elsewhere.
    struct Verify: LocalCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Check the whole log, and that it goes on from kept checkpoints, its own and those that others vouch for.",
            discussion: "Needs neither keys nor a running site. Exit status 1 when something is wrong.")

        @OptionGroup var options: DataOptions

        @Option(help: "A checkpoint file that was kept earlier.")
        var checkpoint: String?

        @Option(help: "The verifier key that 'init' printed; without it signatures are not checked.")
        var key: String?

        @Option(
            name: .customLong("witness"), help: "The key of a witness, to check its cosignature; may be given again.")
        var witnesses: [String] = []

        @Option(help: "The time stamp of the stamped checkpoint. (default: checkpoint.tsr next to the log)")
        var timestamp: String?

        @Option(help: "The certificates (PEM) in whose name a time stamp is believed; without them it is not checked.")
        var timestampCertificates: String?

        func perform(output: CommandOutput) async throws {
            let kept = try keptCheckpoint()
            var anchors = try AnchorChecks(
                options.files, kept: checkpoint == nil ? nil : kept, witnesses: try witnessKeys(),
                timestamp: try timestamp.map(existing), certificates: try timestampCertificates.map(existing))
            let verifier = LogVerifier(
                path: options.files.log, checkpoint: kept, others: anchors.checkpoints, key: try verifierKey())
            let result = try verifier.run { step in
                output.progress("checking \(step.phase.rawValue) \(step.done)/\(step.total)")
            }
            anchors.conclude(result.others)
            options.json ? output.json(json(of: result, anchors)) : describe(result, anchors, to: output)
            guard result.isSound, !anchors.hasFailed else {
                throw CommandFailure.finding("the log is not sound; keep this copy, and compare it with a backup")
            }
        }

        private func existing(_ path: String) throws -> URL {
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw CommandFailure.usage("cannot read the file \(path)")
            }
            return URL(fileURLWithPath: path)
        }

        private func witnessKeys() throws -> [WitnessKey] {
            try witnesses.map { text in
                guard let key = WitnessKey(text) else {
                    throw CommandFailure.usage("--witness takes a witness's key as it is published: name+id+base64")
                }
                return key
            }
        }

        private func describe(_ result: LogVerification, _ anchors: AnchorChecks, to output: CommandOutput) {
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
            anchors.lines.forEach(output.line)
            output.line(result.isSound && !anchors.hasFailed ? "The log is sound." : "The log is NOT sound.")
        }

        private func json(of result: LogVerification, _ anchors: AnchorChecks) -> [String: Any] {
            [
                "sound": result.isSound && !anchors.hasFailed, "anchors": anchors.json,
                "events": result.events, "signature": result.signature.rawValue,
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
