import Crypto
import CryptoExtras
package import Events
import Foundation

/// The slow part of a hash: scrypt, or a substitute in tests. Nil when memory cannot be allocated.
typealias KeyDerivation = @Sendable (_ password: EnteredPassword, _ cost: ScryptCost, _ salt: [UInt8]) -> [UInt8]?

/// A slow, salted hash of a password with its parameters: `$scrypt$ln=17,r=8,p=1$salt$hash` (P-12.1, P-14.1).
package struct PasswordHash: Hashable, Sendable, Redacted {
    let cost: ScryptCost
    let salt: [UInt8]
    let key: [UInt8]

    /// Takes a quarter of a second and 128 MB at the default cost: never call it on an event loop. Nil when memory cannot be allocated.
    init?(
        of password: EnteredPassword, cost: ScryptCost, salt: [UInt8] = PasswordHash.randomSalt(),
        by derive: KeyDerivation = PasswordHash.scrypt
    ) {
        guard let key = derive(password, cost, salt) else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    private init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// A hash that no password matches, compared when there is no member, so that the time is the same.
    static func unmatchable(cost: ScryptCost) -> PasswordHash {
        PasswordHash(cost: cost, salt: [UInt8](repeating: 0, count: 16), key: [])
    }

    /// Takes the same time for every wrong password. Nil when memory cannot be allocated.
    func fits(_ password: EnteredPassword, by derive: KeyDerivation = PasswordHash.scrypt) -> Bool? {
        guard let derived = derive(password, cost, salt) else { return nil }
        guard derived.count == key.count else { return false }
        return zip(derived, key).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    @Sendable static func scrypt(_ password: EnteredPassword, cost: ScryptCost, salt: [UInt8]) -> [UInt8]? {
        // Never empty: the library takes the address of the first byte.
        let bytes = password.text.isEmpty || password.isAbsurd ? [0] : Array(password.text.utf8)
        let key = try? KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logarithm, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
        return key?.withUnsafeBytes { Array($0) }
    }

    private static func randomSalt() -> [UInt8] { (0..<16).map { _ in UInt8.random(in: 0...255) } }
}

/// How slow a hash is: 2^`logarithm` rounds of 128 × `blockSize` bytes.
package struct ScryptCost: Hashable, Sendable {
    let logarithm: Int
    let blockSize: Int
    let parallelism: Int

    /// - Parameter logarithm: 17 in production; as little as 1 in tests.
    package init(logarithm: Int = 17, blockSize: Int = 8, parallelism: Int = 1) {
        precondition((1...20).contains(logarithm) && (1...32).contains(blockSize) && (1...4).contains(parallelism))
        self.logarithm = logarithm
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    package static let standard = ScryptCost()

    /// Number of blocks mixed; time is proportional to it.
    var work: Int { (1 << logarithm) * blockSize * parallelism }

    /// The costs of additional hashes that make up the difference to a cheaper one.
    func remainder(after done: ScryptCost) -> [ScryptCost] {
        var rest = work - done.work
        var costs: [ScryptCost] = []
        for logarithm in (1...logarithm).reversed() {
            let piece = ScryptCost(logarithm: logarithm, blockSize: blockSize, parallelism: 1)
            while rest >= piece.work {
                costs.append(piece)
                rest -= piece.work
            }
        }
        return costs
    }
}

extension PasswordHash {
    package init?(phc text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = ScryptCost(phc: parts[2]), let salt = PasswordHash.bytes(parts[3]),
            let key = PasswordHash.bytes(parts[4]), salt.count >= 8, key.count == 32
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    package var phc: String {
        "$scrypt$\(cost.phc)$\(PasswordHash.unpadded(salt))$\(PasswordHash.unpadded(key))"
    }

    private static func unpadded(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)).map(Array.init)
    }
}

extension ScryptCost {
    var phc: String { "ln=\(logarithm),r=\(blockSize),p=\(parallelism)" }

    init?(phc text: String) {
        let fields = text.split(separator: ",").map { $0.split(separator: "=").map(String.init) }
        guard fields.map(\.first) == ["ln", "r", "p"], fields.allSatisfy({ $0.count == 2 }),
            let logarithm = Int(fields[0][1]), let blockSize = Int(fields[1][1]), let parallelism = Int(fields[2][1]),
            (1...20).contains(logarithm), (1...32).contains(blockSize), (1...4).contains(parallelism)
        else { return nil }
        self.init(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism)
    }
}

extension PasswordHash: SealedText {
    package static let field = PersonalField.passwordHash
    package init?(recorded text: String) { self.init(phc: text) }
    package var recorded: String { phc }
}
