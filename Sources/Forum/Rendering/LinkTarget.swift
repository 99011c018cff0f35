/// A permitted link target: a path on this site, or a web page or mailbox elsewhere. Other URLs are not linked.
enum LinkTarget {
    case here
    case elsewhere

    init?(_ url: UnsafeBufferPointer<UInt8>) {
        if url.first == UInt8(ascii: "/") {
            // `//host` and `/\host` lead to another site.
            guard url.count < 2 || (url[1] != UInt8(ascii: "/") && url[1] != UInt8(ascii: "\\")) else { return nil }
            self = .here
        } else if LinkTarget.schemes.contains(where: { LinkTarget.begins(url, with: $0) }) {
            self = .elsewhere
        } else {
            return nil
        }
    }

    private static let schemes: [[UInt8]] = ["https://", "http://", "mailto:"].map { Array($0.utf8) }

    private static func begins(_ url: UnsafeBufferPointer<UInt8>, with scheme: [UInt8]) -> Bool {
        guard url.count > scheme.count else { return false }
        for (index, expected) in scheme.enumerated() {
            let byte = url[index]
            let lower = (65...90).contains(byte) ? byte + 32 : byte
            guard lower == expected else { return false }
        }
        return true
    }
}
