import Events
import Foundation
import Processes

/// Checks of the external evidence for the log's head (anchor, witnesses, time stamp), as far as the given options allow.
struct AnchorChecks {
    enum Outcome {
        case holds(String)
        case fails(String)
        /// With the option or file that is missing.
        case notChecked(String)
    }

    /// In the order of the output: what was checked, and the outcome.
    private(set) var outcomes: [(what: String, outcome: Outcome)] = []
    /// The checkpoints that the log has to extend; `conclude` takes the results in this order.
    private(set) var checkpoints: [SignedCheckpoint] = []
    private var pending: [(what: String, holding: String)] = []

    var hasFailed: Bool {
        outcomes.contains { if case .fails = $0.outcome { true } else { false } }
    }

    /// - Parameter kept: the given checkpoint; when nil, witnesses are checked on the cosigned one stored with the log.
    init(
        _ files: LogFiles, kept: SignedCheckpoint?, witnesses: [WitnessKey], timestamp: URL?, certificates: URL?
    ) throws {
        checkAnchor(files)
        checkWitnesses(witnesses, of: kept ?? AnchorFiles(files).cosigned)
        try checkTimestamp(files, timestamp, certificates)
    }

    private mutating func checkAnchor(_ files: LogFiles) {
        guard let anchor = files.anchor else { return add("anchor", .notChecked("give the directory with --anchor")) }
        let file = anchor.appending(path: "checkpoint")
        guard let note = try? String(contentsOf: file, encoding: .utf8) else {
            return add("anchor", .notChecked("there is no checkpoint in \(anchor.path)"))
        }
        guard let checkpoint = try? SignedCheckpoint(note: note) else {
            return add("anchor", .fails("\(file.path) is not a signed checkpoint"))
        }
        suspend(checkpoint, "anchor", "the log goes on from the \(checkpoint.checkpoint.size) events of its checkpoint")
    }

    private mutating func checkWitnesses(_ keys: [WitnessKey], of checkpoint: SignedCheckpoint?) {
        guard !keys.isEmpty else { return add("witnesses", .notChecked("give a witness's key with --witness")) }
        guard let checkpoint else { return add("witnesses", .notChecked("no cosigned checkpoint is next to the log")) }
        for key in keys {
            let name = "witness \(key.name)"
            switch key.verify(checkpoint) {
            case .absent: add(name, .notChecked("it has not cosigned this checkpoint"))
            case .wrong: add(name, .fails("its cosignature is wrong"))
            case .valid(let time):
                suspend(
                    checkpoint, name,
                    "cosigned \(checkpoint.checkpoint.size) events at \(time), and the log goes on from them"
                )
            }
        }
    }

    private mutating func checkTimestamp(_ files: LogFiles, _ timestamp: URL?, _ certificates: URL?) throws {
        guard let certificates else {
            return add("time stamp", .notChecked("give the authority's certificates with --timestamp-certificates"))
        }
        let anchors = AnchorFiles(files)
        let response = timestamp ?? anchors.url(of: .timestamp)
        guard let note = anchors.read(.stamped), FileManager.default.fileExists(atPath: response.path) else {
            return add("time stamp", .notChecked("no stamped checkpoint is next to the log"))
        }
        guard let checkpoint = try? SignedCheckpoint(note: String(decoding: note, as: UTF8.self)) else {
            return add("time stamp", .fails("\(AnchorFiles.File.stamped.rawValue) is not a signed checkpoint"))
        }
        switch try Timestamp.verify(response, of: anchors.url(of: .stamped), by: certificates) {
        case .wrong(let reason): add("time stamp", .fails(reason))
        case .valid(let time):
            suspend(
                checkpoint, "time stamp",
                "\(checkpoint.checkpoint.size) events were there at \(time), and the log goes on from them"
            )
        }
    }

    /// - Parameter consistencies: one for each of `checkpoints`, in their order.
    mutating func conclude(_ consistencies: [LogVerification.Consistency]) {
        for (pending, consistency) in zip(pending, consistencies) {
            switch consistency {
            case .consistent: add(pending.what, .holds(pending.holding))
            case .inconsistent, .notChecked: add(pending.what, .fails("the log does not go on from its checkpoint"))
            }
        }
        pending = []
    }

    private mutating func suspend(_ checkpoint: SignedCheckpoint, _ what: String, _ holding: String) {
        checkpoints.append(checkpoint)
        pending.append((what, holding))
    }

    private mutating func add(_ what: String, _ outcome: Outcome) { outcomes.append((what, outcome)) }
}

extension AnchorChecks {
    var lines: [String] {
        outcomes.map { what, outcome in
            switch outcome {
            case .holds(let words): "\(what): \(words)"
            case .fails(let words): "\(what): WRONG, \(words)"
            case .notChecked(let words): "\(what): not checked (\(words))"
            }
        }
    }

    var json: [[String: Any]] {
        outcomes.map { what, outcome in
            let (verdict, words) =
                switch outcome {
                case .holds(let words): ("holds", words)
                case .fails(let words): ("wrong", words)
                case .notChecked(let words): ("not checked", words)
                }
            return ["what": what, "verdict": verdict, "words": words]
        }
    }
}
