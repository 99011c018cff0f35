import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `A connection` {
    private let start = "GET / HTTP/1.1\r\nHost: a\r\n"

    @Test func `is answered request by request, as long as the client likes`() throws {
        let wire = try GuardedWire()
        for _ in 1...3 { try wire.send(start + "\r\n") }
        try wire.send(start + "\r\n" + start + "\r\n")
        #expect(try wire.statuses() == ["200", "200", "200", "200", "200"])
        #expect(wire.isOpen)
        wire.end()
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Close, TE\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    ])
    func `ends after the answer to who wants no other, and says so`(request: String) throws {
        let wire = try GuardedWire()
        try wire.send(request)
        try wire.send(start + "\r\n")
        let heard = try wire.heard()
        #expect(heard.hasPrefix("HTTP/1.1 200") && heard.contains("connection: close") && heard.hasSuffix("ok"))
        #expect(wire.site.heads.count == 1)
        wire.wait(.seconds(3))
        #expect(!wire.isOpen)
        wire.end()
    }

    @Test func `ends after an answer that says so, whatever still comes`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send("POST /kontakt HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n")
        wire.site.answer(["Content-Length": "2", "Connection": "close"])
        for _ in 1...100 { try wire.send(String(repeating: "a", count: 1000)) }
        #expect(try wire.statuses() == ["200"] && wire.site.bodies == 0)
        wire.wait(.seconds(3))
        #expect(!wire.isOpen)
        wire.end()
    }

    @Test func `ends when the client asks on without waiting, and too often`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send(start + "\r\n" + start + "\r\n" + start + "\r\n")
        wire.site.answer()
        wire.site.answer(["Content-Length": "2"], .tooManyRequests)
        wire.site.answer()
        #expect(try wire.statuses() == ["200", "429"])
        wire.wait(.seconds(3))
        #expect(!wire.isOpen)

        let patient = try GuardedWire(answers: false)
        try patient.send(start + "\r\n")
        patient.site.answer(["Content-Length": "2"], .tooManyRequests)
        #expect(try !patient.heard().contains("close") && patient.isOpen)
        for wire in [wire, patient] { wire.end() }
    }

    @Test func `gets what is owed before it is told what is wrong`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send(start + "\r\n" + start + "\r\n" + "nonsense\r\n\r\n" + start + "\r\n")
        #expect(try wire.heard().isEmpty && wire.site.heads.count == 2)
        wire.site.answer()
        wire.site.answer()
        #expect(try wire.statuses() == ["200", "200", "400"])
        wire.end()
    }

    @Test(arguments: ["zz\r\n", "-1\r\n", "1\r\nab\r\n", "\u{7F}\r\n", "fffffffffffffffff\r\n", " 5\r\nhello\r\n"])
    func `is told that a chunk is none, and the form is not taken for whole`(chunk: String) throws {
        let wire = try GuardedWire(answers: false)
        try wire.send("POST /kontakt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
        #expect(try wire.statuses() == ["400"])
        #expect(wire.site.ends == 0 && wire.site.errors == 1)
        wire.end()
    }

    @Test func `reads and drops the body of a request that has no use for one`() throws {
        let wire = try GuardedWire()
        try wire.send(start + "Content-Length: 5\r\n\r\nhel")
        #expect(wire.site.heads.isEmpty)
        try wire.send("lo" + start + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n")
        #expect(try wire.statuses() == ["200", "200"] && wire.site.bodies == 0)
        #expect(wire.isOpen)
        wire.end()
    }

    @Test func `sends no more than the largest body, nor chunks without end`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send("POST /kontakt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let piece = "10000\r\n" + String(repeating: "a", count: 0x10000) + "\r\n"
        for _ in 0...RequestBounds.body / 0x10000 { try wire.send(piece) }
        #expect(try wire.statuses() == ["413"] && wire.site.bodies <= RequestBounds.body)

        let endless = try GuardedWire(answers: false)
        try endless.send("POST /kontakt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;")
        let padding = String(repeating: "x", count: 1 << 20)
        for _ in 0...RequestBounds.bytes >> 20 { try endless.send(padding) }
        #expect(try endless.statuses() == ["413"])
        for wire in [wire, endless] { wire.end() }
    }

    @Test func `is told to go on when it asks first, and at once when the body is too large`() throws {
        let wire = try GuardedWire()
        try wire.send("POST /kontakt HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(try wire.statuses() == ["100"])
        try wire.send("hello")
        #expect(try wire.statuses() == ["200"] && wire.site.bodies == 5)

        let large = try GuardedWire()
        try large.send("POST /kontakt HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
        #expect(try large.statuses() == ["413"] && large.site.heads.isEmpty)
        for wire in [wire, large] { wire.end() }
    }

    @Test func `gives an old client what has no length until the connection ends, without chunks`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send("GET / HTTP/1.0\r\n\r\n")
        wire.site.answer([:])
        let heard = try wire.heard()
        #expect(heard.hasPrefix("HTTP/1.0 200") && !heard.lowercased().contains("chunked") && heard.hasSuffix("\r\nok"))
        wire.end()
    }

    @Test func `through a trusted proxy has as many requests under way as one address, and others have their own`()
        throws
    {
        let kit = try KitSite(
            trustedProxies: ["10.0.0.1"], connections: ConnectionLimits(total: 9, perAddress: 1, perNetwork: 1))
        func ask(_ client: String) throws -> GuardedWire {
            let wire = try GuardedWire(answers: false, peer: "10.0.0.1", kit: kit)
            try wire.send(start + "X-Forwarded-For: \(client)\r\n\r\n")
            return wire
        }
        let first = try ask("192.0.2.1")
        let second = try ask("192.0.2.1")
        let other = try ask("192.0.2.2")
        #expect(try first.heard().isEmpty && other.heard().isEmpty)
        #expect(try second.statuses() == ["503"])
        first.site.answer()
        let third = try ask("192.0.2.1")
        #expect(try third.heard().isEmpty)
        third.end()
        let fourth = try ask("192.0.2.1")
        #expect(try fourth.heard().isEmpty)
        for wire in [first, second, other, fourth] { wire.end() }
    }
}
