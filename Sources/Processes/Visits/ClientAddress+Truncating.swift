import Events

extension ClientAddress {
    /// The network that a visitor's address lies in, as `192.0.2.0/24`; nil when the address is not known.
    ///
    /// An address of 6to4 (RFC 3056) has a whole address of IPv4 at its beginning, which is cut like any other.
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
