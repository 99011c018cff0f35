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

/// No test here waits: the tests advance the clock.
@Suite struct `A client that takes its time` {
    private let form = "POST /kontakt HTTP/1.1\r\nHost: a\r\n"

    @Test func `and says nothing is closed without a word`() throws {
        let wire = try GuardedWire()
        wire.wait(.seconds(19))
        #expect(wire.isOpen)
        wire.wait(.seconds(2))
        #expect(try !wire.isOpen && wire.heard().isEmpty)
        wire.end()
    }

    @Test func `over a head is told so, however often it sends a byte`() throws {
        let wire = try GuardedWire()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n")
        for second in 1...30 where wire.isOpen {
            wire.wait(.seconds(1))
            try wire.send("X-\(second): a\r\n")
        }
        #expect(try wire.statuses() == ["408"] && wire.site.heads.isEmpty)
        #expect(!wire.isOpen)
        wire.end()
    }

    @Test func `between requests is closed without a word, but has longer`() throws {
        let wire = try GuardedWire()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.statuses() == ["200"])
        wire.wait(.seconds(59))
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.statuses() == ["200"])
        wire.wait(.seconds(61))
        #expect(try !wire.isOpen && wire.heard().isEmpty)
        wire.end()
    }

    @Test func `over a form is told so, and what waits for the form hears that it never comes`() throws {
        let wire = try GuardedWire()
        try wire.send(form + "Content-Length: 100\r\n\r\nnamn=")
        #expect(wire.site.heads.count == 1)
        wire.wait(.seconds(21))
        #expect(try wire.statuses() == ["408"])
        #expect(wire.site.errors == 1 && wire.site.ends == 0)
        // An answer after the deadline is dropped.
        wire.site.answer()
        #expect(try wire.heard().isEmpty)
        wire.wait(.seconds(3))
        #expect(!wire.isOpen)
        wire.end()
    }

    @Test func `earns more of it by what it sends, up to a bound`() throws {
        var deadlines = RequestDeadlines()
        (deadlines.body, deadlines.bodyRate, deadlines.longestBody) = (.seconds(10), 2, .seconds(30))
        let wire = try GuardedWire(deadlines)
        try wire.send(form + "Content-Length: 1000\r\n\r\n")
        // Two bytes a second are enough, but not indefinitely.
        for _ in 1...29 {
            try wire.send("aa")
            wire.wait(.seconds(1))
            #expect(try wire.heard().isEmpty)
        }
        wire.wait(.seconds(2))
        #expect(try wire.statuses() == ["408"])

        let slower = try GuardedWire(deadlines)
        try slower.send(form + "Content-Length: 1000\r\n\r\n")
        for _ in 1...9 {
            slower.wait(.seconds(1))
            try slower.send("a")
        }
        #expect(try slower.heard().isEmpty)
        slower.wait(.seconds(6))
        #expect(try slower.statuses() == ["408"])
        for wire in [wire, slower] { wire.end() }
    }

    @Test(arguments: ["GET", "HEAD", "DELETE"])
    func `over a body that nobody reads is told so as well`(method: String) throws {
        let wire = try GuardedWire()
        try wire.send("\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
        #expect(wire.site.heads.isEmpty)
        wire.wait(.seconds(21))
        #expect(try wire.statuses() == ["408"] && wire.site.heads.isEmpty)
        wire.wait(.seconds(3))
        #expect(!wire.isOpen)
        wire.end()
    }

    @Test func `over a body that was not wanted is closed, for it has its answer`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send(form + "Content-Length: 10\r\n\r\n1")
        wire.site.answer()
        #expect(try wire.statuses() == ["200"])
        wire.wait(.seconds(21))
        #expect(try wire.heard().isEmpty)
        wire.wait(.seconds(3))
        #expect(!wire.isOpen)
        wire.end()
    }

    @Test func `is never hurried while the site makes its answer`() throws {
        let wire = try GuardedWire(answers: false)
        try wire.send("GET /aviseringar/strom HTTP/1.1\r\nHost: a\r\n\r\n")
        wire.site.begin(["Content-Type": "text/event-stream"])
        wire.wait(.hours(3))
        #expect(wire.isOpen)
        wire.end()
    }

    @Test func `is given less of it when the site stops`() throws {
        let wire = try GuardedWire()
        try wire.send(form + "Content-Length: 10\r\n\r\n1")
        wire.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        wire.wait(.seconds(6))
        #expect(try wire.statuses() == ["408"])
        wire.end()
    }
}
