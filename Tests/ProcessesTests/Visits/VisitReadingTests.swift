import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-05.1")) struct `What is kept of a visit` {
    @Test(arguments: [
        ("192.0.2.77", 24, 48, "192.0.2.0/24"), ("192.0.2.77", 20, 48, "192.0.0.0/20"),
        ("192.0.2.77", 0, 0, "0.0.0.0/0"),
        ("192.0.2.255", 31, 48, "192.0.2.254/31"), ("192.0.2.77", 64, 48, "192.0.2.77/32"),
        ("2001:db8:1234:5678:9abc::1", 24, 48, "2001:db8:1234::/48"),
        ("2001:db8:1234:5678::1", 24, 52, "2001:db8:1234:5000::/52"), ("2001:db8::1", 24, 999, "2001:db8::1/128"),
        ("::ffff:192.0.2.77", 24, 48, "192.0.2.0/24"), ("::ffff:c000:24d", 24, 48, "192.0.2.0/24"),
        ("2002:c000:24d::1", 24, 48, "2002:c000:200::/40"), ("fe80::1%eth0", 24, 48, "fe80::/48"),
    ])
    func `a visitor's address is cut to its network, of whatever kind it is`(
        address: String, bitsOfIPv4: Int, bitsOfIPv6: Int, network: String
    ) throws {
        let address = try #require(ClientAddress(address))
        #expect(address.network(bitsOfIPv4: bitsOfIPv4, bitsOfIPv6: bitsOfIPv6) == network)
    }

    @Test func `an unknown address has no network`() {
        #expect(ClientAddress.unknown.network(bitsOfIPv4: 24, bitsOfIPv6: 48) == nil)
    }

    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "computer", "firefox"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
            "computer", "edge"
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
            "computer", "safari"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1",
            "phone", "chrome"
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
            "phone", "samsung-internet"
        ),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
            "tablet", "chrome"
        ),
        ("Mozilla/5.0 (Android 13; Tablet; rv:126.0) Gecko/126.0 Firefox/126.0", "tablet", "firefox"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "robot", "other"),
        ("curl/8.5.0", "robot", "other"),
        ("Mozilla/5.0 (Linux; Android 11; CUBOT X50) Mobile Chrome/9", "phone", "chrome"),
        ("19121212-1212", "unknown", "other"), ("", "unknown", "other"),
        (String(repeating: "a", count: 600) + "Firefox/1", "unknown", "other"),
    ])
    func `a browser's name for itself becomes a sort of device and a family`(
        agent: String, kind: String, browser: String
    ) {
        let device = VisitDevice(userAgent: agent)
        #expect(device.kind.rawValue == kind && device.browser.rawValue == browser)
        #expect(VisitDevice(userAgent: nil) == VisitDevice(kind: .unknown, browser: .other))
    }

    @Test(arguments: [
        ("https://example.org/forum/skatt?sida=2#x", "/forum/{category}"),
        ("https://example.org/bekrafta/hemligt", "/bekrafta/{token}"),
        ("https://example.org/integritetspolicy/andringar?fran=a", "/integritetspolicy/andringar"),
        ("https://example.org", "/"), ("https://example.org/191212121212", "https://example.org"),
        ("https://www.example.com/search?q=anna+andersson", "https://www.example.com"),
        ("http://user:secret@Example.com:8080/x", "http://example.com:8080"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]"),
        ("https://anna@example.org@evil.example/", "https://evil.example"),
        ("https://ord med mellanslag/", nil), ("https:///x", nil), ("javascript:alert(1)", nil),
        ("anna@example.org", nil),
        ("", nil), ("https://\(String(repeating: "a", count: 300))/", nil),
    ])
    func `of where a visitor came from, our own route or another site's origin is kept`(sent: String, kept: String?)
        throws
    {
        let site = try #require(BaseURL("https://example.org"))
        #expect(VisitReferrer.kept(of: sent, at: site) == kept)
        #expect(VisitReferrer.kept(of: nil, at: site) == nil)
    }

    @Test func `threads and posts are named, persons, conversations and secrets never`() {
        let id = "0000000000001"
        #expect(Address.titledThread.publicID(in: "/trad/\(id)/anna-andersson") == id)
        #expect(Address.post.publicID(in: "/inlagg/\(id)") == id)
        #expect(Address.thread.publicID(in: "/trad/anna-andersson") == nil)
        for route in [Address.member, .conversation, .staffMember, .staffCase] {
            #expect(route.publicID(in: route.link(id).url) == nil)
        }
        for route in SiteMap.addresses where route.carriesToken {
            #expect(route.publicID(in: route.link(id).url) == nil)
        }
    }
}
