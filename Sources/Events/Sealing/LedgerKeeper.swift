import Foundation

/// The erasure ledger and its copy in the anchor directory, as the log's writer maintains them: each is read once, and again whenever
/// something else has changed the file. Additions are synced before they count as known.
final class LedgerKeeper {
    private let ledger: ErasureLedger
    private let anchored: ErasureLedger?
    private let log: LogIdentity
    /// The fences that the ledger names.
    private(set) var fences: Set<FenceID> = []
    /// The files as this writer left them; nil when their contents are not known.
    private var seen: FileStamp?
    private var anchorSeen: FileStamp?
    /// The erasures in the ledger that its copy in the anchor directory lacks.
    private var owed: [Erasure] = []
    /// The number of times that the whole ledger was read.
    private(set) var readings = 0

    init(_ ledger: ErasureLedger, anchored: ErasureLedger?, log: LogIdentity) {
        self.ledger = ledger
        self.anchored = anchored
        self.log = log
    }

    /// - Returns: the erasures of this log that the ledger names and `logged` does not.
    /// - Throws: `LogUnusable.unreadableLedger`.
    func read(without logged: Set<FenceID>) throws -> [Erasure] {
        try read { !logged.contains($0) }
    }

    private func read(_ isWanted: (FenceID) -> Bool) throws -> [Erasure] {
        (seen, anchorSeen) = (nil, nil)
        readings += 1
        try ledger.removeTornLine()
        // Taken before reading, so that an addition made at the same time is detected the next time.
        let stamp = FileStamp(of: ledger.file)
        var fences: Set<FenceID> = []
        let wanted = try ledger.erasures(of: log) { fence in
            fences.insert(fence)
            return isWanted(fence)
        }
        self.fences = fences
        seen = stamp
        return wanted
    }

    /// Adds a line for each erasure that has none.
    func record(_ erasures: [Erasure]) throws {
        if seen == nil || seen != FileStamp(of: ledger.file) { _ = try read { _ in false } }
        let missing = erasures.filter { !fences.contains($0.fence) }
        guard !missing.isEmpty else { return }
        let stamp = seen
        seen = nil
        let added = try ledger.append(missing, log: log)
        seen = stamp.flatMap { FileStamp(of: ledger.file, after: $0, and: added) }
        fences.formUnion(missing.map(\.fence))
        owed += missing
    }

    /// Brings the ledger in the anchor directory up to date, when there is one.
    /// - Throws: `LogUnusable.anchorUnreachable`, `LogUnusable.unreadableLedger`.
    func keepInAnchor() throws(LogUnusable) {
        guard let anchored else { return }
        do {
            try bringIntoStep(anchored)
        } catch let error as LogUnusable {
            throw error
        } catch {
            throw .anchorUnreachable(anchored.file.deletingLastPathComponent().path)
        }
    }

    private func bringIntoStep(_ anchored: ErasureLedger) throws {
        if let stamp = anchorSeen, stamp == FileStamp(of: anchored.file) {
            guard !owed.isEmpty else { return }
            anchorSeen = nil
            anchorSeen = FileStamp(of: anchored.file, after: stamp, and: try anchored.append(owed, log: log))
        } else {
            try anchored.merge([ledger])
            anchorSeen = FileStamp(of: anchored.file)
        }
        owed = []
    }
}

/// Recognises a file that has not changed since it was last written or read.
private struct FileStamp: Equatable {
    private let device: UInt64
    private let number: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil when there is no such file.
    init?(of file: URL) {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// Also nil when the file has not grown by exactly the bytes added: then something else has written to it too.
    init?(of file: URL, after earlier: FileStamp, and added: Int) {
        self.init(of: file)
        guard size == earlier.size + Int64(added), number == earlier.number, device == earlier.device else {
            return nil
        }
    }
}
