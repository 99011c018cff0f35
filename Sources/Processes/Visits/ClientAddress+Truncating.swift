import Events

extension ClientAddress {
    /// The network of a visitor's address, as `192.0.2.0/24`; nil if the address is unknown.
    ///
    /// A 6to4 address (RFC 3056) begins with a whole IPv4 address, and is truncated like any other IPv6 address.
    func network(bitsOfIPv4: Int, bitsOfIPv6: Int) -> String? {
        let kept: Int
        switch bytes.count {
        case 4: kept = min(bitsOfIPv4, 32)
        case 16: kept = min(isOf6to4 ? min(bitsOfIPv6, 16 + bitsOfIPv4) : bitsOfIPv6, 128)
        default: return nil
        }
        return "\(keeping(bits: kept).text)/\(kept)"
    }

    private var isOf6to4: Bool { bytes.starts(with: [0x20, 0x02]) }
}
