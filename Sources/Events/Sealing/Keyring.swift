import Crypto
import Foundation
import Synchronization

/// The secrets in `keys/`: master-key epochs, the hash keys of the claims, the signing key of the checkpoints.
///
/// Each file holds 32 bytes in hexadecimal digits and is readable by its owner only. Master and hash keys come in epochs: rotating adds
/// one, the earlier ones stay valid until they are destroyed.
final class Keyring: Sendable {
    typealias Epoch = (epoch: Int, key: SymmetricKey)

    private struct Secrets {
        var masterKeys: [Epoch]
        var hashKeys: [Epoch]
    }

    let directory: URL
    let signingKey: Curve25519.Signing.PrivateKey
    private let secrets: Mutex<Secrets>

    static func masterKey(_ epoch: Int, in directory: URL) -> URL { directory.appending(path: "master-\(epoch).key") }
    static func hashKey(_ epoch: Int, in directory: URL) -> URL { directory.appending(path: "hash-\(epoch).key") }

    /// - Throws: `LogUnusable.noKeys` naming the file that is missing.
    init(directory: URL) throws {
        self.directory = directory
        secrets = Mutex(
            Secrets(
                masterKeys: try Keyring.epochs("master", in: directory),
                hashKeys: try Keyring.epochs("hash", in: directory)
            ))
        signingKey = try Curve25519.Signing.PrivateKey(
            rawRepresentation: try Keyring.read(directory.appending(path: "sign.key")))
    }

    static func create(in directory: URL) throws -> Keyring {
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for file in [masterKey(1, in: directory), hashKey(1, in: directory), directory.appending(path: "sign.key")] {
            try writeSecret(to: file)
        }
        return try Keyring(directory: directory)
    }

    /// Newest last; new keys are wrapped by the newest.
    var masterKeys: [Epoch] { secrets.withLock { $0.masterKeys } }

    var newestEpoch: Epoch { secrets.withLock { $0.masterKeys[$0.masterKeys.count - 1] } }

    /// The epoch under which new claims are hashed.
    var newestHashEpoch: Int { secrets.withLock { $0.hashKeys[$0.hashKeys.count - 1].epoch } }

    func hashKeyExists(_ epoch: Int) -> Bool { secrets.withLock { $0.hashKeys.contains { $0.epoch == epoch } } }

    func hash(of claim: Claim) -> [UInt8] { hashes(of: claim)[0] }

    /// The claim's hashes under every hash key, the newest first: during a rotation a claim may be stored under any of them.
    func hashes(of claim: Claim) -> [[UInt8]] {
        let keys = secrets.withLock { $0.hashKeys }.reversed()
        return claim.spellings.flatMap { spelling in keys.map { Keyring.hash(of: spelling, under: $0.key) } }
    }

    func verifierKey(of origin: String) -> VerifierKey {
        VerifierKey(name: origin, publicKey: Array(signingKey.publicKey.rawRepresentation))
    }

    /// 32 bytes, the same for the same words until the signing key is replaced. They reveal neither each other nor any key.
    func secret(_ words: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: signingKey.rawRepresentation),
            info: Data("mikroforetag.secrets.v1".utf8), outputByteCount: 32)
        return Array(HMAC<SHA256>.authenticationCode(for: Data(words.utf8), using: key))
    }

    private static func hash(of claim: Claim, under key: SymmetricKey) -> [UInt8] {
        var mac = HMAC<SHA256>(key: key)
        mac.update(data: Array("\(claim.kind.rawValue)\n\(claim.value)".utf8))
        return Array(mac.finalize())
    }

    private static func epochs(_ name: String, in directory: URL) throws -> [Epoch] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        let numbers = names.compactMap { file -> Int? in
            guard file.hasPrefix(name + "-"), file.hasSuffix(".key") else { return nil }
            return PlainNumber.parse(file.dropFirst(name.count + 1).dropLast(4))
        }.sorted()
        guard !numbers.isEmpty else { throw LogUnusable.noKeys(directory.appending(path: "\(name)-1.key").path) }
        return try numbers.map {
            (epoch: $0, key: SymmetricKey(data: try read(directory.appending(path: "\(name)-\($0).key"))))
        }
    }

    private static func read(_ file: URL) throws -> [UInt8] {
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let bytes = Hex.decode(text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes.count == 32
        else { throw LogUnusable.noKeys(file.path) }
        return bytes
    }

    private static func writeSecret(to file: URL) throws {
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Hex.encode($0) + "\n" }
        try DurableFile.write(Array(secret.utf8), to: file.path)
    }
}

extension Keyring {
    /// Adds an epoch of master and hash key.
    /// - Returns: its number.
    func addEpoch() throws -> Int {
        try make(epoch: newestEpoch.epoch + 1)
        return newestEpoch.epoch
    }

    /// Creates the key files of the newest epoch that a crash left missing.
    /// - Returns: the number of the newest epoch.
    func completeEpoch() throws -> Int {
        try make(epoch: max(newestEpoch.epoch, newestHashEpoch))
        return newestEpoch.epoch
    }

    private func make(epoch: Int) throws {
        for file in [Keyring.hashKey(epoch, in: directory), Keyring.masterKey(epoch, in: directory)]
        where !FileManager.default.fileExists(atPath: file.path) {
            try Keyring.writeSecret(to: file)
        }
        try reload()
    }

    /// Overwrites and removes the keys of a replaced epoch.
    func destroyEpoch(_ epoch: Int) throws {
        precondition(epoch < newestEpoch.epoch && epoch < newestHashEpoch, "the newest epoch is in use")
        for file in [Keyring.masterKey(epoch, in: directory), Keyring.hashKey(epoch, in: directory)] {
            try DurableFile.destroy(file.path)
        }
        try reload()
    }

    private func reload() throws {
        let masterKeys = try Keyring.epochs("master", in: directory)
        let hashKeys = try Keyring.epochs("hash", in: directory)
        secrets.withLock { $0 = Secrets(masterKeys: masterKeys, hashKeys: hashKeys) }
    }
}
