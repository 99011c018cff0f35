/// Where the site is reached from outside: scheme, host and port, nothing else.
package struct BaseURL: Hashable, Sendable, LosslessStringConvertible {
    /// As browsers write it in `Origin`: `https://example.org`.
    package let origin: String

    package var description: String { origin }
    package var isSecure: Bool { origin.hasPrefix("https://") }

    /// Browsers treat loopback like https; some header fields they accept only from such an origin.
    package var isTrustworthy: Bool { isSecure || isLoopback }

    private var isLoopback: Bool {
        let authority = origin.drop { $0 != "/" }.dropFirst(2)
        let isBracketed = authority.first == "["
        let host = String(isBracketed ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" })
        return host == "localhost" || host.hasSuffix(".localhost") || ClientAddress(host)?.isLoopback == true
    }

    /// Nil when the text has another scheme, a path, or a character that no host contains.
    package init?(_ text: String) {
        let text = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let host = text.dropFirst(scheme.count)
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"/\\?#@%\"'<>".utf8.contains($0) })
        else { return nil }
        origin = scheme + host.lowercased()
    }

    /// The full address of a page, for mails and feeds.
    package func url(of page: SiteLink) -> String { origin + page.url }
}
