import Events
import NIOHTTP1
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Open connections` {
    private func address(_ text: String) throws -> ClientAddress { try #require(ClientAddress(text)) }

    @Test func `are limited for one address, and others have their own`() throws {
        let counts = ConnectionCounts(ConnectionLimits(total: 100, perAddress: 2, perNetwork: 100))
        let (one, other) = (try address("192.0.2.1"), try address("192.0.2.2"))
        #expect(counts.begin(from: one) && counts.begin(from: one))
        #expect(!counts.begin(from: one))
        #expect(counts.begin(from: other))
        counts.end(from: one)
        #expect(counts.begin(from: one))
        #expect(counts.open == 3 && counts.refused == 1)
    }

    @Test func `are limited for a network of IPv6, whatever addresses it takes`() throws {
        let counts = ConnectionCounts(ConnectionLimits(total: 100, perAddress: 2, perNetwork: 3))
        for host in ["2001:db8::1", "2001:db8::2", "2001:db8::3"] { #expect(counts.begin(from: try address(host))) }
        #expect(!counts.begin(from: try address("2001:db8::4")))
        #expect(counts.begin(from: try address("2001:db8:0:1::4")))
        counts.end(from: try address("2001:db8::1"))
        #expect(counts.begin(from: try address("2001:db8::4")))
    }

    @Test func `of IPv4 count for the address alone, also when it comes inside IPv6`() throws {
        let counts = ConnectionCounts(ConnectionLimits(total: 100, perAddress: 1, perNetwork: 1))
        #expect(counts.begin(from: try address("192.0.2.1")))
        #expect(!counts.begin(from: try address("::ffff:192.0.2.1")))
        #expect(counts.begin(from: try address("192.0.2.2")))
    }

    @Test func `are limited all together, trusted proxies included`() throws {
        let proxies = TrustedProxies(ranges: [try #require(AddressRange("10.0.0.0/8"))])
        let counts = ConnectionCounts(ConnectionLimits(total: 3, perAddress: 1, perNetwork: 1), proxies: proxies)
        for _ in 1...3 { #expect(counts.begin(from: try address("10.0.0.1"))) }
        #expect(!counts.begin(from: try address("192.0.2.1")))
        counts.end(from: try address("10.0.0.1"))
        #expect(counts.begin(from: try address("192.0.2.1")))
    }

    @Test func `fit the descriptors there are, with room for files`() {
        let limits = ConnectionLimits(total: 8000)
        #expect(limits.fitting(descriptors: 65_536).total == 8000)
        #expect(limits.fitting(descriptors: 1024).total == 704)
        #expect(limits.fitting(descriptors: 20).total == 16)
        #expect(ConnectionLimits(total: 10).fitting(descriptors: 1024).total == 10)
    }

    @Test func `a proxy's requests are counted for the network that it asks for`() throws {
        let proxies = TrustedProxies(ranges: [try #require(AddressRange("10.0.0.1"))])
        let headers: HTTPHeaders = ["X-Forwarded-For": "198.51.100.1, 192.0.2.7"]
        #expect(proxies.forwardedClient(of: try address("10.0.0.1"), headers) == ClientAddress("192.0.2.7"))
        #expect(proxies.forwardedClient(of: try address("192.0.2.9"), headers) == nil)
        #expect(proxies.forwardedClient(of: try address("10.0.0.1"), [:]) == nil)
    }
}
