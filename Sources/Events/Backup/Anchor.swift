import Foundation

/// A directory on another medium, outside data and keys, with copies of the newest checkpoint and of the erasure ledger.
///
/// A restoration learns from it what was erased, and how long the log was.
struct Anchor: Sendable {
    let directory: URL

    var ledger: ErasureLedger { ErasureLedger(directory: directory) }
    var checkpoint: URL { directory.appending(path: "checkpoint") }

    /// - Throws: `LogUnusable.anchorUnreachable`. The directory is never created: a medium that is not mounted would go unnoticed.
    func require() throws(LogUnusable) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory), isDirectory.boolValue,
            access(directory.path, W_OK | X_OK) == 0
        else { throw .anchorUnreachable(directory.path) }
    }

    /// Writes a checkpoint. A failure is ignored: the next checkpoint comes soon, and `doctor` compares.
    func keep(_ note: String) { try? DurableFile.write(Array(note.utf8), to: checkpoint.path) }
}

extension LogFiles {
    var anchored: Anchor? { anchor.map(Anchor.init) }
}
