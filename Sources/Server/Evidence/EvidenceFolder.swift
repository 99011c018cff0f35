import Events
import Foundation
import Projections

/// What somebody needs who has a copy of the log, `sqlite3` and `script/verify-log`, and nothing else: the rules in SQL, the program's
/// verdicts, and proofs that the events that they cite are in the log.
struct EvidenceFolder {
    private let url: URL

    /// - Throws: `CommandFailure` when there is something at the path that is not an empty directory.
    init(path: String) throws {
        url = URL(fileURLWithPath: path)
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else { return }
        guard let names = try? manager.contentsOfDirectory(atPath: path), names.isEmpty else {
            throw CommandFailure.usage("\(path) is not an empty directory; name a new or an empty one for the evidence")
        }
    }

    /// - Parameters:
    ///   - summary: the whole audit, and `reports` its clauses, as `--json` prints them.
    ///   - note: the checkpoint that was signed last; without one there are no proofs.
    func write(
        _ summary: [String: Any], _ reports: [[String: Any]], at time: Instant, of log: LogCopy, under note: String?
    ) throws {
        let folder = "evidence/"
        for (path, text) in Embedded.files where path.hasPrefix(folder) {
            try write("\(text)", to: String(path.dropFirst(folder.count)))
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file("run.sh").path)
        try write(EvidenceFolder.types, to: "types.sql")
        let verdicts = summary.merging(["clauses": reports]) { $1 }
        let json = try JSONSerialization.data(
            withJSONObject: verdicts, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
        try write(String(decoding: json, as: UTF8.self) + "\n", to: "verdicts.json")
        try write("\(time)\n", to: "judged-at.txt")
        guard let note else { return }
        try write(note, to: "checkpoint")
        let checkpoint = try SignedCheckpoint(note: note)
        for position in EvidenceFolder.positions(in: verdicts).sorted() {
            guard let proof = try log.proof(ofEventAt: position, under: checkpoint) else { continue }
            try write(proof.text, to: "proofs/\(position).tlog-proof")
        }
    }

    private func file(_ path: String) -> URL { url.appending(path: path) }

    private func write(_ text: String, to path: String) throws {
        let file = file(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The positions that verdicts cite, wherever they stand in the JSON.
    private static func positions(in value: Any) -> Set<Int> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: []) { found, entry in
                if entry.key == "position", let position = entry.value as? Int { found.insert(position) }
                found.formUnion(positions(in: entry.value))
            }
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(positions(in: $1)) }
        default: []
        }
    }

    /// The types of events in the register of processing, each with the newest version of its schema, as a table for the rules.
    private static let types: String = {
        let rows = EventTag.all.sorted { $0.name < $1.name }.map { "  ('\($0.name)', \($0.schema))" }
        return """
            -- The types of events in the register of processing, each with the newest version of its schema.
            CREATE TEMP TABLE types(type TEXT PRIMARY KEY, schema INTEGER);
            INSERT INTO types VALUES
            \(rows.joined(separator: ",\n"));

            """
    }()
}
