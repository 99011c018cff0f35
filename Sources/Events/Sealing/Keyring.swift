import Crypto
import Foundation

/// The secrets in `keys/`: master-key epochs, the hash key of the claims, the signing key of the checkpoints.
///
/// Each file holds 32 bytes in hexadecimal digits and is readable by its owner only.
struct Keyring: Sendable {
    /// Newest last; new keys are wrapped by the newest.
    let masterKeys: [(epoch: Int, key: SymmetricKey)]
    private let hashKey: SymmetricKey
    let signingKey: Curve25519.Signing.PrivateKey

    static func masterKey(_ epoch: Int, in directory: URL) -> URL { directory.appending(path: "master-\(epoch).key") }

    /// - Throws: `LogUnusable.noKeys` naming the file that is missing.
    init(directory: URL) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        let epochs = names.compactMap { $0.wholeMatch(of: /master-(\d+)\.key/).flatMap { Int($0.1) } }.sorted()
        guard !epochs.isEmpty else { throw LogUnusable.noKeys(Keyring.masterKey(1, in: directory).path) }
        masterKeys = try epochs.map {
            (epoch: $0, key: SymmetricKey(data: try Keyring.read(Keyring.masterKey($0, in: directory))))
        }
        hashKey = SymmetricKey(data: try Keyring.read(directory.appending(path: "hash-1.key")))
        signingKey = try Curve25519.Signing.PrivateKey(
            rawRepresentation: try Keyring.read(directory.appending(path: "sign.key")))
    }

    static func create(in directory: URL) throws -> Keyring {
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for file in [
            masterKey(1, in: directory), directory.appending(path: "hash-1.key"), directory.appending(path: "sign.key"),
        ] {
            let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Hex.encode($0) + "\n" }
            try DurableFile.write(Array(secret.utf8), to: file.path)
        }
        return try Keyring(directory: directory)
    }

    var newestEpoch: (epoch: Int, key: SymmetricKey) { masterKeys[masterKeys.count - 1] }

    func hash(of claim: Claim) -> [UInt8] {
        var mac = HMAC<SHA256>(key: hashKey)
        mac.update(data: Array("\(claim.kind.rawValue)\n\(claim.value)".utf8))
        return Array(mac.finalize())
    }

    /// The same bytes for the same words for as long as the site has its signing key. They tell nothing of each other, nor of any key.
    func secret(_ words: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: signingKey.rawRepresentation),
            info: Data("mikroforetag.secrets.v1".utf8), outputByteCount: 32)
        return Array(HMAC<SHA256>.authenticationCode(for: Data(words.utf8), using: key))
    }

    func verifierKey(of log: LogIdentity) -> VerifierKey {
        VerifierKey(name: CheckpointOrigin.name(of: log), publicKey: Array(signingKey.publicKey.rawRepresentation))
    }

    private static func read(_ file: URL) throws -> [UInt8] {
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let bytes = Hex.decode(text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes.count == 32
        else { throw LogUnusable.noKeys(file.path) }
        return bytes
    }
}

/// Small files that must survive a power cut: written aside, synced, moved into place, the directory synced.
enum DurableFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let aside = path + ".new"
        try writeSynced(bytes, to: aside, flags: O_WRONLY | O_CREAT | O_TRUNC)
        guard rename(aside, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
    }

    static func append(_ bytes: [UInt8], to path: String) throws {
        try writeSynced(bytes, to: path, flags: O_WRONLY | O_CREAT | O_APPEND)
        try syncDirectory(of: path)
    }

    private static func writeSynced(_ bytes: [UInt8], to path: String, flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard bytes.withUnsafeBytes({ Foundation.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count,
            fsync(descriptor) == 0
        else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    private static func syncDirectory(of path: String) throws {
        let descriptor = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        fsync(descriptor)
        close(descriptor)
    }
}
