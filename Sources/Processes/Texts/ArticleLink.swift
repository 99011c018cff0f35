package import Events
package import HTML

/// The target of a link in one of the site's texts: a page of the site, or a validated external address.
package enum ArticleLink: Hashable, Sendable {
    case here(ReturnPath, fragment: String?)
    case within(String)
    case elsewhere(ExternalLink)

    /// Nil if it is neither.
    package init?(_ url: String) {
        if let link = ExternalLink(url) {
            self = .elsewhere(link)
            return
        }
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let fragment = parts.count == 2 ? parts[1] : nil
        if let fragment, !fragment.utf8.allSatisfy(Self.isPlain) { return nil }
        if parts[0].isEmpty, let fragment {
            self = .within(fragment)
        } else if let path = ReturnPath(parts[0]) {
            self = .here(path, fragment: fragment)
        } else {
            return nil
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    package var address: String {
        switch self {
        case .here(let path, let fragment): path.description + (fragment.map { "#" + $0 } ?? "")
        case .within(let fragment): "#" + fragment
        case .elsewhere(let link): link.url
        }
    }

    /// The address as a reader would write it.
    package var shown: String { address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address }
}
