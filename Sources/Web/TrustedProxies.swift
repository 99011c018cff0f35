package import Events
package import HTTPTypes
import NIOHTTP1

/// Whose word is taken for where a request came from. Anybody can send `X-Forwarded-For`; only these are believed.
package struct TrustedProxies: Hashable, Sendable {
    package let ranges: [AddressRange]

    package init(ranges: [AddressRange]) {
        self.ranges = ranges
    }

    /// Where the request really came from, and whether it came by https.
    package func origin(peer: ClientAddress, peerIsSecure: Bool, headers: HTTPFields) -> (
        client: ClientAddress, isSecure: Bool
    ) {
        guard isTrusted(peer) else { return (peer, peerIsSecure) }
        var client = peer
        let chain = headers[values: .xForwardedFor].joined(separator: ",").split(separator: ",")
        // From the nearest proxy outwards: what an untrusted one claims about those before it is not believed.
        for entry in chain.reversed() {
            guard isTrusted(client), let named = ClientAddress(entry.trimmingPrefix { $0 == " " }.prefix { $0 != " " })
            else { break }
            client = named
        }
        let scheme = headers[values: .xForwardedProto].last
        return (client, scheme.map { $0 == "https" } ?? peerIsSecure)
    }

    func isTrusted(_ address: ClientAddress) -> Bool { ranges.contains { $0.contains(address) } }

    /// The network that a trusted proxy asks for; nil for a request that came from elsewhere or was passed on without an address.
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

    /// A field that the package does not name. The literals here are all well-formed; `Server` only stands in for one that is not.
    package static func token(_ name: StaticString) -> HTTPField.Name { HTTPField.Name("\(name)") ?? .server }
}
