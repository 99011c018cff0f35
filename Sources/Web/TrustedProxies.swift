package import Events
package import HTTPTypes
import NIOHTTP1

/// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted, since any client can send these fields.
package struct TrustedProxies: Hashable, Sendable {
    package let ranges: [AddressRange]

    package init(ranges: [AddressRange]) {
        self.ranges = ranges
    }

    /// The client's real address, and whether it used https.
    package func origin(peer: ClientAddress, peerIsSecure: Bool, headers: HTTPFields) -> (
        client: ClientAddress, isSecure: Bool
    ) {
        guard isTrusted(peer) else { return (peer, peerIsSecure) }
        var client = peer
        let chain = headers[values: .xForwardedFor].joined(separator: ",").split(separator: ",")
        // From the nearest proxy outwards: entries that an untrusted address added are ignored.
        for entry in chain.reversed() {
            guard isTrusted(client), let named = ClientAddress(entry.trimmingPrefix { $0 == " " }.prefix { $0 != " " })
            else { break }
            client = named
        }
        let scheme = headers[values: .xForwardedProto].last
        return (client, scheme.map { $0 == "https" } ?? peerIsSecure)
    }

    func isTrusted(_ address: ClientAddress) -> Bool { ranges.contains { $0.contains(address) } }

    /// The client's network as named by a trusted proxy; nil for a request that came from elsewhere or was forwarded without an address.
    func forwardedClient(of peer: ClientAddress, _ headers: HTTPHeaders) -> ClientAddress? {
        guard isTrusted(peer) else { return nil }
        var fields = HTTPFields()
        for value in headers["x-forwarded-for"] { fields.append(HTTPField(name: .xForwardedFor, value: value)) }
        let client = origin(peer: peer, peerIsSecure: false, headers: fields).client
        return isTrusted(client) ? nil : client.network
    }
}

extension HTTPField.Name {
    static let xForwardedFor = token("X-Forwarded-For")
    static let xForwardedProto = token("X-Forwarded-Proto")

    /// A field name without a constant in HTTPTypes; `Server` only replaces a malformed literal, and there is none.
    package static func token(_ name: StaticString) -> HTTPField.Name { HTTPField.Name("\(name)") ?? .server }
}
