import Crypto
import Foundation

/// Large data of a stream, stored as files outside the log, each sealed under its own random key.
///
/// The key belongs in the sealed part of the event that names the file: destroying that event's key erases the file wherever it was
/// copied to. A file is written before its event. One that no event names, left by a crash in between, is removed by `keep(only:)`.
package struct SealedFiles: Sendable {
    /// The prefix of a file's name in a backup.
    static let prefixInBackup = "blob-"

    private let directory: URL

    package init(_ files: LogFiles) { directory = files.blobs }

    /// Seals the bytes and writes them durably.
    package func add<Kind>(_ bytes: [UInt8], of owner: Identifier<Kind>) throws -> (
        file: SealedFile, key: SealedFileKey
    ) {
        let key = SealedFileKey(SymmetricKey(size: .bits256))
        let sealed = try Seal.seal(bytes, with: key.key, binding: SealedFiles.binding(owner.description))
        let file = SealedFile(digest: TextHash(ofBytes: sealed), bytes: bytes.count)
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try DurableFile.syncDirectory(of: directory.path)
        try DurableFile.write(sealed, to: path(name(of: file, owner.description)))
        return (file, key)
    }

    /// Nil when the file is gone.
    /// - Throws: `SealedFileDamaged` when it exists and is not what was written.
    package func open<Kind>(_ file: SealedFile, of owner: Identifier<Kind>, with key: SealedFileKey) throws -> [UInt8]?
    {
        let path = path(name(of: file, owner.description))
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let sealed = try Data(contentsOf: URL(fileURLWithPath: path))
        guard let bytes = Seal.open(sealed, with: key.key, binding: SealedFiles.binding(owner.description)) else {
            throw SealedFileDamaged()
        }
        return bytes
    }

    /// Whether a file exists and holds what was written, checked without its key.
    package func isWhole<Kind>(_ file: SealedFile, of owner: Identifier<Kind>) throws -> Bool {
        let path = path(name(of: file, owner.description))
        return try FileManager.default.fileExists(atPath: path) && FileDigest.of(path) == file.digest.description
    }

    /// The size of all files, in bytes.
    package var size: Int {
        names.reduce(0) { sum, name in
            sum + ((try? FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int) ?? 0)
        }
    }

    /// Removes the files of one owner.
    package func removeAll<Kind>(of owner: Identifier<Kind>) throws {
        for name in names where name.hasPrefix("\(owner)-") { try DurableFile.remove(path(name)) }
    }

    /// Removes every file that is not wanted, partial ones included. Must not be called while one is being added.
    /// - Parameter wanted: returns the files of an owner that events name.
    /// - Returns: the number of files removed.
    package func keep<Kind>(only wanted: (Identifier<Kind>) throws -> Set<SealedFile>) throws -> Int {
        var known: [Identifier<Kind>: Set<String>] = [:]
        var removed = 0
        for name in names {
            if let owner = SealedFiles.owner(of: name, Kind.self) {
                let kept =
                    try known[owner] ?? Set(wanted(owner).map { self.name(of: $0, owner.description) })
                known[owner] = kept
                if kept.contains(name) { continue }
            }
            try DurableFile.remove(path(name))
            removed += 1
        }
        return removed
    }

    /// The owners that have files.
    package func owners<Kind>(_ kind: Kind.Type) -> Set<Identifier<Kind>> {
        Set(names.compactMap { SealedFiles.owner(of: $0, kind) })
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).sorted() }

    func path(_ name: String) -> String { directory.appending(path: name).path }

    private func name(of file: SealedFile, _ owner: String) -> String { "\(owner)-\(file.digest)" }

    private static func owner<Kind>(of name: String, _ kind: Kind.Type) -> Identifier<Kind>? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, TextHash(String(parts[1])) != nil else { return nil }
        return Identifier(String(parts[0]))
    }

    private static func binding(_ owner: String) -> [UInt8] { Array("mikroforetag.file.v1\n\(owner)".utf8) }
}

/// A file that was sealed, as an event names it.
package struct SealedFile: Hashable, Sendable {
    /// The SHA-256 of the sealed bytes.
    package let digest: TextHash
    /// The number of bytes before sealing.
    package let bytes: Int

    package init(digest: TextHash, bytes: Int) {
        self.digest = digest
        self.bytes = bytes
    }
}

/// The file exists, and is not what was written.
package struct SealedFileDamaged: Error {}

/// The key that opens one sealed file.
package struct SealedFileKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// - Parameter text: base 64, as a sealed part holds it.
    package init?(_ text: String) {
        guard let bytes = Data(base64Encoded: text), bytes.count == 32 else { return nil }
        key = SymmetricKey(data: bytes)
    }

    package var text: String { key.withUnsafeBytes { Data($0).base64EncodedString() } }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    package var description: String { "(SealedFileKey)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension SealedFileKey: SealedElement {
    package init?(recorded text: String) { self.init(text) }
    package var recorded: String { text }
}
