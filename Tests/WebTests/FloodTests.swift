import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `One machine that opens connections` {
    private let request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    /// The test client holds one connection itself.
    private func site(_ perAddress: Int) throws -> KitSite {
        try KitSite(connections: ConnectionLimits(total: 50, perAddress: perAddress + 1, perNetwork: 50))
    }

    @Test func `gets so many, and others are answered; one that ends makes room`() async throws {
        let kit = try site(3)
        try await kit.server.application.test(.live) { [request] client async throws in
            let port = try #require(client.port)
            _ = try await client.executeRequest(uri: "/", method: .get, headers: [:], body: nil)
            #expect(kit.site.connections.open == 1)
            let slow = try (0..<3).map { _ in try LoopSocket(to: port) }
            for one in slow { one.send("GET / HTTP/1.1\r\nHost: local") }
            // Accepted in order, so the fourth exceeds the limit.
            let more = try LoopSocket(to: port)
            more.send(request)
            #expect(await more.read().isEmpty)
            let other = try LoopSocket(to: port, from: "127.0.0.2")
            other.send(request)
            #expect(await other.read().hasPrefix("HTTP/1.1 200"))
            slow[0].send("host\r\nConnection: close\r\n\r\n")
            #expect(await slow[0].read().hasPrefix("HTTP/1.1 200"))
            while kit.site.connections.open > 3 { await Task.yield() }
            let next = try LoopSocket(to: port)
            next.send(request)
            #expect(await next.read().hasPrefix("HTTP/1.1 200"))
            withExtendedLifetime(slow) {}
        }
        #expect(kit.site.connections.open == 0 && kit.site.connections.refused == 1)
    }

    @Test func `and reads none of its answers is cut off`() async throws {
        let kit = try site(3)
        var deadlines = RequestDeadlines()
        deadlines.stall = .milliseconds(20)
        try await kit.server(deadlines).application.test(.live) { client async throws in
            _ = try await client.executeRequest(uri: "/", method: .get, headers: [:], body: nil)
            let deaf = try LoopSocket(to: #require(client.port), taking: 4096)
            let wanted = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            while kit.site.connections.open < 2 { await Task.yield() }
            // Ends when no more can be sent, long before a hundred thousand requests.
            for _ in 1...1000 where kit.site.connections.open > 1 {
                deaf.send(String(repeating: wanted, count: 100))
                await Task.yield()
            }
            while kit.site.connections.open > 1 { await Task.yield() }
            withExtendedLifetime(deaf) {}
        }
    }
}

@Suite struct `What comes over a connection` {
    private static let get = "GET / HTTP/1.1\r\nHost: localhost\r\n"
    private static let post = "POST /kontakt HTTP/1.1\r\nHost: localhost\r\n"
    private static let form = "Content-Type: application/x-www-form-urlencoded\r\n"

    /// - Parameter status: the status of the last answer before the connection is closed.
    @Test(arguments: [
        (get + "Host: localhost\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
        (get + "X: a\r\n b\r\n\r\n", 400), (get + "X: a\u{0}b\r\n\r\n", 400), (get + "X: a\rb\r\n\r\n", 400),
        (get + "X : a\r\n\r\n", 400), (get + ": a\r\n\r\n", 400),
        (get + String(repeating: "X: a\r\n", count: 120) + "\r\n", 431),
        (get + "X: \(String(repeating: "a", count: 17_000))\r\n\r\n", 431),
        ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        ("GET /\(String(repeating: "a", count: 40_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), ("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 400),
        ("GET / HTTP/0.9\r\n\r\n", 400), ("FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
        (post + form + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (post + form + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n", 400),
        (post + form + "Transfer-Encoding: identity\r\n\r\n", 400),
        (post + form + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        (post + form + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400),
        (post + form + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (post + form + "Content-Length: -3\r\n\r\n", 400),
        (post + form + "Content-Length: 999999999\r\n\r\n", 413), (post + form + "Content-Length: 300000\r\n\r\n", 413),
        (post + "Content-Type: text/plain\r\nContent-Length: 30\r\n\r\n", 415),
        (get + "Expect: gold\r\n\r\n", 417),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n", 400),
    ])
    func `and is no request is refused with a page of the site, and the connection ends`(
        bytes: String, status: Int
    ) async throws {
        let kit = try KitSite()
        try await kit.server.application.test(.live) { client async throws in
            let wire = try LoopSocket(to: #require(client.port))
            wire.send(bytes)
            let answer = await wire.read()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(100))")
            #expect(answer.contains("default-src 'none'") && answer.contains("<h1>"))
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
        }
        #expect(!kit.site.answers.counts.contains { $0.status == 5 })
    }

    @Test(arguments: [
        "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        get + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        get + "Content-Length: 3\r\nConnection: close\r\n\r\nabc",
        get + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
    ])
    func `in an unusual way is answered, and the connection ends`(bytes: String) async throws {
        try await KitSite().server.application.test(.live) { client async throws in
            let wire = try LoopSocket(to: #require(client.port))
            wire.send(bytes)
            let answer = await wire.read()
            #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer.prefix(100))")
        }
    }

    @Test func `half, and then ends, is no form`() async throws {
        let kit = try KitSite()
        try await kit.server.application.test(.live) { client async throws in
            let wire = try LoopSocket(to: #require(client.port))
            wire.send(Self.post + Self.form + "Content-Length: 100\r\n\r\nnamn=Karin")
            wire.closeOutput()
            #expect(await wire.read().hasPrefix("HTTP/1.1 400 "))
        }
    }
}
