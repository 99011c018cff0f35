import Accounts
import Events
import HTTPTypes
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `Holding back` {
    private let here = RateLimits.Spender.address(.unknown)

    @Test func `as many at once as the limit says, then evenly`() throws {
        let time = TestClock()
        let limits = RateLimits([.signIn: RateLimit(3, per: .minute)])
        for _ in 0..<3 { try limits.spend(.signIn, by: here, at: time.now) }
        #expect(throws: PageError.tooMany(retryAfter: 20)) { try limits.spend(.signIn, by: here, at: time.now) }
        time.advance(seconds: 19)
        #expect(throws: PageError.tooMany(retryAfter: 1)) { try limits.spend(.signIn, by: here, at: time.now) }
        time.advance(seconds: 1)
        try limits.spend(.signIn, by: here, at: time.now)
        #expect(throws: PageError.self) { try limits.spend(.signIn, by: here, at: time.now) }
        time.advance(seconds: 3600)
        for _ in 0..<3 { try limits.spend(.signIn, by: here, at: time.now) }
        #expect(throws: PageError.self) { try limits.spend(.signIn, by: here, at: time.now) }
    }

    @Test func `kinds, addresses and accounts have buckets of their own, and a refusal costs nothing`() throws {
        let now = TestClock().now
        let limits = RateLimits([.write: RateLimit(1, per: .hour), .mail: RateLimit(1, per: .hour)])
        try limits.spend(.write, by: here, .account(KitSite.karin), at: now)
        try limits.spend(.mail, by: here, at: now)
        try limits.spend(.read, by: here, at: now)
        let there = RateLimits.Spender.address(try #require(ClientAddress("192.0.2.1")))
        #expect(throws: PageError.self) { try limits.spend(.write, by: there, .account(KitSite.karin), at: now) }
        try limits.spend(.write, by: there, .account(KitSite.eva), at: now)
    }

    @Test func `an IPv6 household shares one bucket`() throws {
        let now = TestClock().now
        let limits = RateLimits([.read: RateLimit(1, per: .hour)])
        let one = try #require(ClientAddress("2001:db8:1:2::1")).network
        let two = try #require(ClientAddress("2001:db8:1:2:ffff::2")).network
        let other = try #require(ClientAddress("2001:db8:1:3::1")).network
        try limits.spend(.read, by: .address(one), at: now)
        #expect(throws: PageError.self) { try limits.spend(.read, by: .address(two), at: now) }
        try limits.spend(.read, by: .address(other), at: now)
    }

    @Test func `an attacker with many addresses cannot fill the memory, nor make other kinds forget`() throws {
        let now = TestClock().now
        let limits = RateLimits([.read: RateLimit(10, per: .hour), .signIn: RateLimit(1, per: .hour)], capacity: 100)
        try limits.spend(.signIn, by: here, at: now)
        for number in 0..<1000 {
            try limits.spend(.read, by: .account(MemberID(rawValue: UInt64(number))), at: now)
        }
        #expect(limits.rememberedCount <= 101)
        #expect(throws: PageError.self) { try limits.spend(.signIn, by: here, at: now) }
    }

    @Test func `a name is counted with the network it is tried from, in the form that the look-up reads`() throws {
        let now = TestClock().now
        let limits = RateLimits([.signInName: RateLimit(1, per: .hour)])
        let there = try #require(ClientAddress("192.0.2.1"))
        func claim(_ name: String) throws -> Claim { try #require(SignInIdentifier(name).claim) }
        #expect(limits.take(.signInName, by: .name(try claim("moa"), from: there), at: now))
        #expect(!limits.take(.signInName, by: .name(try claim(" MOA\u{200B}"), from: there), at: now))
        #expect(limits.take(.signInName, by: .name(try claim("moa"), from: .unknown), at: now))
        #expect(limits.take(.signInName, by: .name(try claim("moab"), from: there), at: now))
        #expect(limits.take(.signInName, by: .accountFrom(there, KitSite.karin), at: now))
    }

    @Test func `what is given back can be spent again, and no more than that`() throws {
        let now = TestClock().now
        let limits = RateLimits([.signIn: RateLimit(2, per: .hour)])
        try limits.spend(.signIn, by: here, at: now)
        limits.refund(.signIn, to: here, at: now)
        limits.refund(.signIn, to: here, at: now)
        #expect(limits.rememberedCount == 0)
        for _ in 0..<2 { try limits.spend(.signIn, by: here, at: now) }
        #expect(throws: PageError.self) { try limits.spend(.signIn, by: here, at: now) }
    }

    @Test func `a member who is signed in spends nothing of her network's, and the network nothing of hers`()
        async throws
    {
        let kit = try KitSite(limits: [.read: RateLimit(3, per: .minute)])
        try await browsing(kit) { browser async throws in
            try await browser.signIn(KitSite.karin)
            for _ in 0..<3 { #expect(try await browser.get("/").status == 200) }
            #expect(try await browser.get("/").status == 429)
            let visitor = browser.another
            for status in [200, 200, 429] { #expect(try await visitor.get("/").status == status) }
        }
    }

    @Test func `a page says how long to wait`() async throws {
        let kit = try KitSite(limits: [.read: RateLimit(2, per: .minute)])
        try await browsing(kit) { browser async throws in
            _ = try await browser.get("/")
            _ = try await browser.get("/")
            let page = try await browser.get("/")
            #expect(page.status == 429)
            #expect(page["Retry-After"] == "30")
            #expect(page.text.contains("Vänta 30\u{A0}sekunder"))
            #expect(try await browser.get("/healthz").status == 200)
            kit.time.advance(seconds: 30)
            #expect(try await browser.get("/").status == 200)
        }
    }

    @Test(arguments: ["/tillgang/finns-inte.css", "/finns-inte", "/forum//x"])
    func `what does not exist counts like a page`(path: String) async throws {
        let kit = try KitSite(limits: [.read: RateLimit(2, per: .minute)])
        try await browsing(kit) { browser async throws in
            for status in [404, 404, 429] { #expect(try await browser.get(path).status == status) }
            #expect(try await browser.get("/").status == 429)
        }
    }

    @Test(arguments: ["60", "60 per second", "0 per minute", "-1 per minute", "x per minute", "60  per minute x", ""])
    func `a limit that means nothing is refused`(text: String) {
        #expect(RateLimit(text) == nil)
    }
}

@Suite struct `Knowing where a request comes from` {
    private func origin(_ peer: String, _ forwarded: [String], scheme: String? = nil, trusting: [String]) throws -> (
        String, Bool
    ) {
        let proxies = TrustedProxies(ranges: trusting.compactMap(AddressRange.init))
        var headers = HTTPFields()
        headers[values: .xForwardedFor] = forwarded
        headers[.xForwardedProto] = scheme
        let peer = try #require(ClientAddress(peer))
        let origin = proxies.origin(peer: peer, peerIsSecure: false, headers: headers)
        return (origin.client.bytes.map(String.init).joined(separator: "."), origin.isSecure)
    }

    @Test func `nobody is believed who was not named`() throws {
        #expect(try origin("203.0.113.9", ["198.51.100.1"], scheme: "https", trusting: []) == ("203.0.113.9", false))
        #expect(
            try origin("203.0.113.9", ["1.2.3.4"], scheme: "https", trusting: ["127.0.0.1"]) == ("203.0.113.9", false))
    }

    @Test func `a named proxy is believed for what it saw itself, not for what it was told`() throws {
        #expect(
            try origin("127.0.0.1", ["198.51.100.1"], scheme: "https", trusting: ["127.0.0.1"]) == (
                "198.51.100.1", true
            ))
        #expect(try origin("127.0.0.1", ["6.6.6.6, 198.51.100.1"], trusting: ["127.0.0.1"]) == ("198.51.100.1", false))
        #expect(
            try origin("127.0.0.1", ["6.6.6.6", "198.51.100.1"], trusting: ["127.0.0.1"]) == ("198.51.100.1", false))
        #expect(try origin("10.0.0.1", ["198.51.100.1, 10.1.2.3"], trusting: ["10.0.0.0/8"]) == ("198.51.100.1", false))
        #expect(try origin("::1", ["::ffff:198.51.100.1"], trusting: ["::1"]) == ("198.51.100.1", false))
        #expect(try origin("127.0.0.1", ["not an address"], trusting: ["127.0.0.1"]) == ("127.0.0.1", false))
        #expect(try origin("127.0.0.1", [], trusting: ["127.0.0.1"]) == ("127.0.0.1", false))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.128/25", "192.0.2.127", false),
        ("192.0.2.128/25", "192.0.2.200", true), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
    ])
    func `a range holds what its bits say`(range: String, address: String, isInside: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(try #require(ClientAddress(address))) == isInside)
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0/8", "x", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", ""])
    func `what is no range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `behind a proxy the site sees the reader's address, and https is enforced`() async throws {
        let kit = try KitSite(trustedProxies: ["127.0.0.0/8", "::1"])
        try await kit.server.application.test(.live) { client in
            let browser = Browser(client)
            let headers: HTTPFields = [.xForwardedFor: "198.51.100.7", .xForwardedProto: "https"]
            let answer = try await browser.get("/om", headers: headers)
            #expect(answer.text == "198.51.100.7")
            #expect(answer["Strict-Transport-Security"] == "max-age=31536000")
        }
    }
}
