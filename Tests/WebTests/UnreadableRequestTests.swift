import HummingbirdTesting
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `What is no request` {
    @Test(arguments: [
        "GET HTTP/1.1\r\n\r\n", "HELLO\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
    ])
    func `is answered by a page of the site, and the connection is closed`(bytes: String) async throws {
        try await KitSite().server.application.test(.live) { client async throws in
            let wire = try LoopSocket(to: #require(client.port))
            wire.send(bytes)
            let answer = await wire.read()
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(200))")
            #expect(answer.contains("Något i begäran stämde inte"))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.contains("default-src 'none'"))
        }
    }
}
