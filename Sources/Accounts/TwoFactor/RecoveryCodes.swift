import Crypto
package import Events

/// Single-use codes for a member who has lost her device. They are shown once; only a hash of each is stored.
package struct RecoveryCodes: Sendable, Redacted {
    /// As shown: `4071-9925-3816-0043-7752`. Only digits, which every phone keyboard offers.
    package let texts: [String]

    package static let count = 10
    /// In digits: 66 bits, too many to try, even against a fast hash.
    package static let length = 20

    package init(using generator: inout some RandomNumberGenerator) {
        texts = (0..<RecoveryCodes.count).map { _ in
            RecoveryCodes.grouped(
                (0..<RecoveryCodes.length).map { _ in Character("\(Int.random(in: 0...9, using: &generator))") })
        }
    }

    private static func grouped(_ characters: [Character]) -> String {
        stride(from: 0, to: characters.count, by: 4)
            .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: "-")
    }

    /// - Parameter salt: 16 random bytes.
    func hashed(with salt: [UInt8]) -> RecoveryCodeHashes {
        RecoveryCodeHashes(
            salt: salt, hashes: texts.map { RecoveryCodeHashes.hash(Array($0.replacing("-", with: "").utf8), salt) })
    }
}

/// The stored form of a set of recovery codes: a salt, and a hash of each code in order.
package struct RecoveryCodeHashes: Hashable, Sendable, Redacted {
    let salt: [UInt8]
    let hashes: [[UInt8]]

    init(salt: [UInt8], hashes: [[UInt8]]) {
        self.salt = salt
        self.hashes = hashes
    }

    /// The salt and the hashes in hexadecimal, separated by points.
    package var text: String { ([salt] + hashes).map { Hex.encode($0) }.joined(separator: ".") }

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Hex.decode(String($0)) }
        let bytes = parts.compactMap(\.self)
        guard bytes.count == parts.count, bytes.count > 1, bytes.dropFirst().allSatisfy({ $0.count == 32 }) else {
            return nil
        }
        self.init(salt: bytes[0], hashes: Array(bytes.dropFirst()))
    }

    static func hash(_ code: [UInt8], _ salt: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: salt + code)) }

    /// The zero-based index of a code in the set. Compares with all of them, so that the time does not depend on the index.
    func number(of code: [UInt8]) -> Int? {
        let hash = RecoveryCodeHashes.hash(code, salt)
        return hashes.indices.reduce(nil) { found, index in hashes[index].isSame(as: hash) ? index : found }
    }
}

extension RecoveryCodeHashes: SealedText {
    package static let field = PersonalField.recoveryCodes
    package init?(recorded text: String) { self.init(text) }
    package var recorded: String { text }
}
