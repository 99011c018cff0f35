package import Events
import Foundation
package import Logging
import NIOPosix

/// Anchors the log's head with third parties every hour: witnesses confirm that the log only grows, a time-stamping authority that the head
/// existed at a time.
///
/// Their answers are stored in files; a party that does not answer is asked again an hour later.
package struct AnchorWorker: Sendable {
    package let log: EventLog
    package let files: AnchorFiles
    package let witnesses: [Witness]
    /// The time-stamping authority.
    package let authority: WebAddress?
    package let post: HTTPPost
    package let logger: Logger

    package init(
        log: EventLog, files: AnchorFiles, witnesses: [Witness], authority: WebAddress?, post: HTTPPost, logger: Logger
    ) {
        self.log = log
        self.files = files
        self.witnesses = witnesses
        self.authority = authority
        self.post = post
        self.logger = logger
    }

    package func work(on checkpoint: SignedCheckpoint) async {
        await cosign(checkpoint)
        await stamp(checkpoint)
    }

    /// Stores the newest checkpoint that any witness cosigned, with all cosignatures of it.
    private func cosign(_ checkpoint: SignedCheckpoint) async {
        guard !witnesses.isEmpty else { return }
        let last = files.cosigned
        var cosigned = last.flatMap { $0.checkpoint == checkpoint.checkpoint ? $0 : nil } ?? checkpoint
        var count = 0
        for witness in witnesses {
            do {
                let seen = last.flatMap { isCosigned($0, by: witness) ? $0.checkpoint.size : nil } ?? 0
                let lines = try await ask(witness, to: checkpoint, after: seen)
                let more = try cosigned.adding(lines)
                guard isCosigned(more, by: witness) else { throw WitnessRefused(status: 200) }
                (cosigned, count) = (more, count + 1)
            } catch {
                report("a witness did not cosign", witness.key.name, error)
            }
        }
        guard count > 0 else { return }
        do { try files.keep(Array(cosigned.note.utf8), as: .cosigned) } catch {
            report("cosignatures are not kept", AnchorFiles.File.cosigned.rawValue, error)
        }
    }

    private func isCosigned(_ checkpoint: SignedCheckpoint, by witness: Witness) -> Bool {
        if case .valid = witness.key.verify(checkpoint) { true } else { false }
    }

    /// - Returns: the signature lines of the witness.
    private func ask(_ witness: Witness, to checkpoint: SignedCheckpoint, after seen: Int) async throws -> String {
        var seen = seen
        for _ in 1...2 {
            guard let proof = try log.consistencyProof(from: seen, to: checkpoint.checkpoint.size) else { break }
            let body = CosignRequest(checkpoint, proof).body
            let answer = try await post.send(
                witness.address + "/add-checkpoint", "text/plain; charset=utf-8", Array(body.utf8))
            let text = String(decoding: answer.body, as: UTF8.self)
            if answer.status == 200 { return text.hasSuffix("\n") ? text : text + "\n" }
            // The witness has last seen another checkpoint, and answers with its size.
            guard answer.status == 409, let size = Int(text.trimmingCharacters(in: .newlines)), size != seen else {
                throw WitnessRefused(status: answer.status)
            }
            seen = size
        }
        throw WitnessRefused(status: 409)
    }

    private func stamp(_ checkpoint: SignedCheckpoint) async {
        guard let authority else { return }
        let note = Array(checkpoint.note.utf8)
        // The head has not changed since the last time stamp.
        guard files.read(.stamped) != note else { return }
        let aside = files.url(of: .stamped).appendingPathExtension("asked")
        defer { try? FileManager.default.removeItem(at: aside) }
        do {
            try Data(note).write(to: aside)
            let request = try await NIOThreadPool.singleton.runIfActive { try Timestamp.request(for: aside) }
            let answer = try await post.send(authority.description, "application/timestamp-query", request)
            guard answer.status == 200, !answer.body.isEmpty else { throw WitnessRefused(status: answer.status) }
            // Without the authority's certificates the time stamp can only be parsed, not verified.
            let response = files.url(of: .timestamp).appendingPathExtension("asked")
            defer { try? FileManager.default.removeItem(at: response) }
            try Data(answer.body).write(to: response)
            guard try await NIOThreadPool.singleton.runIfActive({ try Timestamp.time(of: response) }) != nil else {
                throw WitnessRefused(status: answer.status)
            }
            // Crash window: killed between the two writes, the files do not match until the next hour; `log verify` reports it.
            try files.keep(note, as: .stamped)
            try files.keep(answer.body, as: .timestamp)
        } catch {
            report("no time stamp was given", authority.description, error)
        }
    }

    private func report(_ what: String, _ whom: String, _ error: any Error) {
        let kind = (error as? WitnessRefused).map { "answer \($0.status)" } ?? "\(type(of: error))"
        logger.warning("\(what)", metadata: ["by": "\(whom)", "kind": "\(kind)"])
    }
}

/// A witness or authority gave an unusable answer.
struct WitnessRefused: Error { let status: Int }
