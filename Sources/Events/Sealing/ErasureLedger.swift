package import Foundation

/// The list of all erasures, stored with the keys: only random ids and the hashes of the receipts' tokens, one line each, synced. It
/// survives the restoration of a backup.
package struct ErasureLedger: Sendable {
    let file: URL

    package init(directory: URL) { self.init(file: directory.appending(path: "erasures.ledger")) }

    package init(file: URL) { self.file = file }

    /// Adds a line for each erasure: `log fence owner member:0z9…`, `log fence kinds member:0z9… post,thread` or `log fence subjects
    /// post:… thread:…`, with `receipt:…` at the end when it has a receipt. Called only by the log's writer.
    /// - Returns: the number of bytes added.
    func append(_ erasures: [Erasure], log: LogIdentity) throws -> Int {
        let bytes = erasures.flatMap { Array(ErasureLedger.line($0, log: log).utf8) }
        if !bytes.isEmpty { try DurableFile.append(bytes, to: file.path) }
        return bytes.count
    }

    /// Skips a torn last line, without its newline: its fence is in the log.
    /// - Parameter isWanted: asked once a line. Only the fences of the other lines are looked at: a line may name a thousand subjects.
    /// - Throws: `LogUnusable.unreadableLedger` for a line that has no known form.
    package func erasures(of log: LogIdentity, where isWanted: (FenceID) -> Bool = { _ in true }) throws -> [Erasure] {
        var erasures: [Erasure] = []
        try forEachLine { line in
            let start = line.split(separator: UInt8(ascii: " "), maxSplits: 2).prefix(2)
                .map { String(decoding: $0, as: UTF8.self) }
            if start.count == 2, start[0] == log.id, let fence = FenceID(start[1]), !isWanted(fence) { return }
            guard let text = String(validating: line, as: UTF8.self), let entry = ErasureLedger.entry(text) else {
                throw LogUnusable.unreadableLedger(file.path)
            }
            if case .erasure(let erasure, log.id) = entry { erasures.append(erasure) }
        }
        return erasures
    }

    private enum Entry {
        case erasure(Erasure, of: String)
        case mark
    }

    private static func entry(_ line: String) -> Entry? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if isMark(words) { return .mark }
        // Lines written before receipts were recorded have none.
        let receipt = words.last.flatMap(ErasureLedger.receipt)
        guard words.count >= (receipt == nil ? 4 : 5), let fence = FenceID(words[1]),
            let scope = Erasure.Scope(words: Array(words.dropFirst(2).dropLast(receipt == nil ? 0 : 1)))
        else { return nil }
        return .erasure(Erasure(fence: fence, scope, receipt: receipt), of: words[0])
    }

    private func forEachLine(_ body: (Slice<UnsafeBufferPointer<UInt8>>) throws -> Void) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        guard let bytes = try? Data(contentsOf: file) else { throw LogUnusable.unreadableLedger(file.path) }
        try bytes.withUnsafeBytes { bytes in
            let bytes = bytes.bindMemory(to: UInt8.self)
            var rest = bytes[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                try body(rest[..<end])
                rest = rest[(end + 1)...]
            }
        }
    }

    private static let receiptMark = "receipt:"

    private static func receipt(_ word: String) -> TextHash? {
        word.hasPrefix(receiptMark) ? TextHash(String(word.dropFirst(receiptMark.count))) : nil
    }

    private static func line(_ erasure: Erasure, log: LogIdentity) -> String {
        let receipt = erasure.receipt.map { ["\(receiptMark)\($0)"] } ?? []
        return ([log.id, erasure.fence.description] + erasure.scope.words + receipt).joined(separator: " ") + "\n"
    }

    /// Removes a last line that a crash or a full disk cut off, so that the next line does not run into it.
    func removeTornLine() throws {
        guard let bytes = try? Data(contentsOf: file), let last = bytes.last, last != UInt8(ascii: "\n") else { return }
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { Array(bytes[...$0]) } ?? []
        try DurableFile.write(whole, to: file.path)
    }
}

extension Erasure.Scope {
    /// `owner member:0z9…`, `kinds member:0z9… post,thread` or `subjects post:… thread:…`.
    var words: [String] {
        switch self {
        case .owner(let owner): ["owner", owner.description]
        case .kinds(let kinds, let owner):
            ["kinds", owner.description, kinds.map(\.rawValue).joined(separator: ",")]
        case .subjects(let subjects): ["subjects"] + subjects.map(\.description)
        }
    }

    init?(words: [String]) {
        switch words.first {
        case "owner":
            guard words.count == 2, let owner = Owner(words[1]) else { return nil }
            self = .owner(owner)
        case "kinds":
            guard words.count == 3, let owner = Owner(words[1]) else { return nil }
            let kinds = words[2].split(separator: ",").map { SubjectKind(rawValue: String($0)) }
            guard !kinds.contains(nil) else { return nil }
            self = .kinds(kinds.compactMap(\.self), of: owner)
        case "subjects":
            let subjects = words.dropFirst().map(Subject.init)
            guard !subjects.contains(nil) else { return nil }
            self = .subjects(subjects.compactMap(\.self))
        default: return nil
        }
    }
}
