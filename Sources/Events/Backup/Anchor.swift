import Foundation

/// A directory on another medium, outside data and keys, where the newest checkpoint and the erasure ledger are kept once more.
///
/// Whoever restores a backup learns from it what was erased, and how far the log had come.
struct Anchor: Sendable {
    let directory: URL

    var ledger: ErasureLedger { ErasureLedger(directory: directory) }
    var checkpoint: URL { directory.appending(path: "checkpoint") }

    /// - Throws: `LogUnusable.anchorUnreachable`. It is never made: a medium that is not mounted would go unnoticed.
    func require() throws(LogUnusable) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory), isDirectory.boolValue,
            access(directory.path, W_OK | X_OK) == 0
        else { throw .anchorUnreachable(directory.path) }
    }

    /// Keeps a checkpoint. It is not worth failing for: the next one comes soon, and `doctor` compares.
    func keep(_ note: String) { try? DurableFile.write(Array(note.utf8), to: checkpoint.path) }
}

extension LogFiles {
    var anchored: Anchor? { anchor.map(Anchor.init) }
}
