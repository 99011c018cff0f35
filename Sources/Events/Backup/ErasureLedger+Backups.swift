import Foundation

/// A ledger also has a line for each backup, `log backup-id backup`: a copy of the ledger that names a backup was made after that backup.
extension ErasureLedger {
    static func isMark(_ words: [String]) -> Bool {
        words.count == 3 && words[2] == "backup" && BackupID(words[1]) != nil
    }

    func note(_ backup: BackupID, log: LogIdentity) throws { try add(["\(log.id) \(backup) backup"]) }

    /// Searches the file backwards: it has a line for every erasure, and the newest backup is asked for most.
    func names(_ backup: BackupID, log: LogIdentity) -> Bool {
        guard let bytes = try? Data(contentsOf: file, options: .mappedIfSafe) else { return false }
        let line = Data("\(log.id) \(backup) backup\n".utf8)
        guard let found = bytes.range(of: line, options: .backwards) else { return false }
        return found.lowerBound == 0 || bytes[found.lowerBound - 1] == UInt8(ascii: "\n")
    }

    var exists: Bool { FileManager.default.fileExists(atPath: file.path) }

    /// Adds every line of other ledgers that this one lacks.
    func merge(_ others: [ErasureLedger]) throws {
        var known = Set(lines)
        try add(others.flatMap(\.lines).filter { known.insert($0).inserted })
    }

    /// Whole lines only: the last one may be torn.
    private var lines: [String] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    private func add(_ lines: [String]) throws {
        guard !lines.isEmpty else { return }
        try removeTornLine()
        try DurableFile.append(Array(lines.map { $0 + "\n" }.joined().utf8), to: file.path)
    }
}
