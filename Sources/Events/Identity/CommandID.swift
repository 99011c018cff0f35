import Crypto

/// The id of one intention of one actor, appended at most once however often it arrives. A ULID: 48 bits of time, 80 random bits.
package struct CommandID: Hashable, Sendable, LosslessStringConvertible {
    // Two halves, because a UInt128 passed on the stack to an async function breaks the frame (Swift 6.3.1, debug).
    private let high: UInt64
    private let low: UInt64

    private init(_ value: UInt128) {
        high = UInt64(truncatingIfNeeded: value >> 64)
        low = UInt64(truncatingIfNeeded: value)
    }

    package init(at instant: Instant) {
        self.init(UInt128(UInt64(clamping: instant.milliseconds)) << 80 | UInt128.random(in: 0..<(1 << 80)))
    }

    /// A deterministic id: the same words and instant give the same command.
    package init(named words: String, at instant: Instant) {
        let digest = SHA256.hash(data: Array(words.utf8)).prefix(10)
        let low = digest.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        self.init(UInt128(UInt64(clamping: instant.milliseconds)) << 80 | low)
    }

    package init?(_ text: String) {
        var text = text
        guard let command = text.withUTF8({ CommandID(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = command
    }

    init?(_ utf8: UnsafeRawBufferPointer) {
        guard utf8.count == 26, let value = Base32.decode(utf8, as: UInt128.self) else { return nil }
        self.init(value)
    }

    package var description: String { Base32.encode(UInt128(high) << 64 | UInt128(low), digits: 26) }

    /// 64 bits derived from the command and the purpose, which reveal nothing about the command.
    func hash(for purpose: String) -> UInt64 {
        var hash = SHA256()
        for half in [high, low] { withUnsafeBytes(of: half.bigEndian) { hash.update(bufferPointer: $0) } }
        hash.update(data: Array(purpose.utf8))
        return hash.finalize().withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }

    /// Like `hash(for:)`, with the command's time in the first 36 bits, in steps of 16 ms that wrap after 34 years.
    ///
    /// Ids made at the same time are adjacent in every index, so that a transaction changes few pages of the log and of the views.
    func orderedHash(for purpose: String) -> UInt64 { ((high >> 20) << 28) | (hash(for: purpose) >> 36) }
}
