import Crypto
import Foundation

/// Passwords from breaches, as a filter of 16-bit fingerprints that does not contain them (Graf and Lemire, Xor Filters, 2020).
///
/// False positive rate: 1 in 65,536. `script/breached-passwords` makes the table.
struct BreachedPasswords: Sendable {
    static let shared = BreachedPasswords("\(Embedded.breachedPasswordsTxt)")

    let count: Int
    private let seed: UInt64
    private let block: Int
    private let fingerprints: [UInt16]

    /// - Parameter text: the script's output. An unreadable table matches nothing.
    init(_ text: String) {
        let lines = text.split(separator: "\n", maxSplits: 1)
        let head = lines.first?.split(separator: " ") ?? []
        let base64 = lines.count == 2 ? String(lines[1]) : ""
        guard head.count == 4, head[0] == "xor16", let seed = UInt64(head[1]), let block = Int(head[2]),
            let count = Int(head[3]), let bytes = Data(base64Encoded: base64, options: .ignoreUnknownCharacters),
            bytes.count == 6 * block
        else {
            (self.count, seed, block, fingerprints) = (0, 0, 0, [])
            return
        }
        (self.count, self.seed, self.block) = (count, seed, block)
        let table = [UInt8](bytes)
        fingerprints = (0..<3 * block).map { UInt16(table[2 * $0]) | UInt16(table[2 * $0 + 1]) << 8 }
    }

    /// - Parameter password: in canonical form, lowercased.
    func contains(_ password: String) -> Bool {
        guard block > 0 else { return false }
        let key = SHA256.hash(data: Data(password.utf8)).prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let hash = BreachedPasswords.mixed(key &+ seed)
        let places = [hash, hash << 21 | hash >> 43, hash << 42 | hash >> 22].enumerated().map { index, part in
            Int(((part & 0xFFFF_FFFF) * UInt64(block)) >> 32) + index * block
        }
        let expected = UInt16(truncatingIfNeeded: hash ^ hash >> 32)
        return places.reduce(UInt16(0)) { $0 ^ fingerprints[$1] } == expected
    }

    /// The finalizer of MurmurHash3.
    private static func mixed(_ key: UInt64) -> UInt64 {
        var key = key
        key = (key ^ key >> 33) &* 0xFF51_AFD7_ED55_8CCD
        key = (key ^ key >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return key ^ key >> 33
    }
}
