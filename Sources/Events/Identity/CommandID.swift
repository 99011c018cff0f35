import Crypto

/// Names one intention of one person: appended once however often it arrives. A ULID: 48 bits of time, 80 random ones.
package struct CommandID: Hashable, Sendable, LosslessStringConvertible {
    let rawValue: UInt128

    package init(at instant: Instant) {
        rawValue = UInt128(UInt64(clamping: instant.milliseconds)) << 80 | UInt128.random(in: 0..<(1 << 80))
    }

    /// For deterministic histories: the same words give the same command.
    package init(named words: String, at instant: Instant) {
        let digest = SHA256.hash(data: Array(words.utf8)).prefix(10)
        let low = digest.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        rawValue = UInt128(UInt64(clamping: instant.milliseconds)) << 80 | low
    }

    package init?(_ text: String) {
        guard text.utf8.count == 26, let value = Base32.decode(text.utf8) else { return nil }
        rawValue = value
    }

    package var description: String { Base32.encode(rawValue, digits: 26) }

    func seed(for purpose: String) -> UInt64 {
        SHA256.hash(data: Array("\(self)/\(purpose)".utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
