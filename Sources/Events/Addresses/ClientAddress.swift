import Foundation

/// The address a request came from, as bytes: 4 of IPv4 or 16 of IPv6. IPv4 inside IPv6 counts as IPv4.
package struct ClientAddress: Hashable, Sendable {
    package let bytes: [UInt8]

    package static let unknown = ClientAddress(bytes: [])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private init(sixteen: [UInt8]) {
        let isMapped = sixteen.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
    }

    /// Nil when the text is no address; a zone (`%eth0`) is ignored.
    package init?(_ text: some StringProtocol) {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(sixteen: withUnsafeBytes(of: &six) { Array($0) })
        } else {
            return nil
        }
    }

    package var isLoopback: Bool {
        bytes.first == 127 && bytes.count == 4 || bytes == Array(repeating: 0, count: 15) + [1]
    }

    package var isIPv6: Bool { bytes.count == 16 }

    /// The network that one household or office shares: the whole address of IPv4, the first 64 bits of IPv6.
    package var network: ClientAddress { bytes.count == 16 ? ClientAddress(bytes: Array(bytes.prefix(8))) : self }

    /// The address with all but its first `bits` bits set to zero.
    package func keeping(bits: Int) -> ClientAddress {
        ClientAddress(
            bytes: bytes.enumerated().map { index, byte in
                byte & UInt8(truncatingIfNeeded: 0xFF00 >> min(max(bits - index * 8, 0), 8))
            })
    }

    fileprivate func begins(with prefix: [UInt8], bits: Int) -> Bool {
        let whole = bits / 8
        guard bytes.prefix(whole) == prefix.prefix(whole) else { return false }
        guard !bits.isMultiple(of: 8) else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (bits % 8))
        return bytes[whole] & mask == prefix[whole] & mask
    }
}

/// A range of addresses, as operators write it: `10.0.0.0/8`, `::1`.
package struct AddressRange: Hashable, Sendable, LosslessStringConvertible {
    package let description: String
    private let base: ClientAddress
    private let bits: Int

    package init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2, let base = ClientAddress(halves[0]) else { return nil }
        let all = base.bytes.count * 8
        guard let bits = halves.count == 2 ? Int(halves[1]) : all, (0...all).contains(bits) else { return nil }
        self.base = base
        self.bits = bits
        description = text
    }

    package func contains(_ address: ClientAddress) -> Bool {
        address.bytes.count == base.bytes.count && address.begins(with: base.bytes, bits: bits)
    }
}
