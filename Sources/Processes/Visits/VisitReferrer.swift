import Events
import SiteMap

/// The part of a referrer that may be stored: the route for the site's own pages, the origin for other sites.
enum VisitReferrer {
    /// - Parameter sent: the header as sent; its query, fragment, user and password are discarded.
    static func kept(of sent: String?, at site: BaseURL) -> String? {
        guard let sent, let scheme = ["https://", "http://"].first(where: sent.hasPrefix) else { return nil }
        let rest = sent.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        guard let host = host(in: authority) else { return nil }
        let origin = scheme + host
        guard origin == site.origin else { return origin }
        return SiteMap.address(of: rest.dropFirst(authority.count))?.pattern ?? origin
    }

    /// Host and port; nil if it cannot be a host, because the header can hold anything.
    private static func host(in authority: Substring) -> String? {
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
        let isHost = host.utf8.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || (0x61...0x7A).contains(byte) || ".-[]".utf8.contains(byte)
        }
        return isHost && (1...260).contains(host.utf8.count) ? host : nil
    }
}

extension Address {
    /// The id in a path of this route if it names a public text: a thread or a post.
    /// Which member, conversation or case a visitor looked at is not recorded.
    func publicID(in path: String) -> String? {
        guard namesPublicText else { return nil }
        // In these paths the id follows the first segment.
        let place = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2).dropFirst().first
        return place.flatMap { ThreadID(String(Substring($0)))?.description }
    }
}
