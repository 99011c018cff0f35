import Events
import Foundation

/// The files of the data directory.
struct DirectorySeen: SeenFile {
    let position: Int
    private let unlisted: [String]

    static let checks: [InvariantName] = [.storesAreListed]

    /// - Throws: when the directory cannot be read.
    init(_ files: LogFiles, at position: Int) throws {
        self.init(
            position: position, names: try FileManager.default.contentsOfDirectory(atPath: files.data.path).sorted())
    }

    init(position: Int, names: [String]) {
        self.position = position
        unlisted = names.filter { !DirectorySeen.isListed($0) }
    }

    func check(_: History, at _: Instant, _ found: inout FoundViolations) {
        for name in unlisted {
            found.add(.storesAreListed, "no store has a file called \(name)", at: position)
        }
    }

    /// Whether a file belongs to one of the stores whose places administrators see (P-13.1), or helps one of them.
    private static func isListed(_ name: String) -> Bool {
        if names.contains(name) || name.hasPrefix("checkpoint-before-") { return true }
        var file = name[...]
        for suffix in ["-wal", "-shm", "-journal"] where file.hasSuffix(suffix) { file = file.dropLast(suffix.count) }
        guard file.hasSuffix(".sqlite") else { return false }
        let store = file.dropLast(".sqlite".count)
        return stores.contains(String(store)) || store.wholeMatch(of: /(views|past)-[0-9]+/) != nil
    }

    private static let stores: Set<String> = ["log", "vault", "runtime", "reading", "visits"]
    private static let names: Set<String> = [
        "blobs", "keys", "erasures.ledger", "checkpoint", "checkpoint.cosigned", "checkpoint.stamped", "checkpoint.tsr",
        "restoring", "mail", "mail-held", "control.sock", "lock",
        // What a demo community adds: its marker, and the made-up passwords of its made-up members.
        "demo", "sign-ins.txt",
        // A file system's own.
        "lost+found",
    ]
}
