import Events
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `A request` {
    @Test func `is answered on its connection's own event loop, also after waiting`() async throws {
        let responder = CallbackResponder<LoopContext> { _, context in
            let isOn = { context.eventLoop === MultiThreadedEventLoopGroup.currentEventLoop }
            let before = isOn()
            try await Task.sleep(for: .milliseconds(1))
            return Response.text("\(before) \(isOn())")
        }
        let application = Hummingbird.Application(
            responder: responder,
            server: HTTPServerBuilder { OwnLoopChannel(base: HTTP1Channel(responder: $0)) },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client in
            let answer = try await client.executeRequest(uri: "/", method: .get, headers: [:], body: nil)
            #expect(String(buffer: answer.body) == "true true")
        }
    }

    private struct LoopContext: RequestContext {
        var coreContext: CoreRequestContextStorage
        let eventLoop: any EventLoop

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            eventLoop = source.channel.eventLoop
        }
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::1"),
    ])
    func `comes from the address of its connection, IPv4 inside IPv6 as IPv4`(address: String, known: String) throws {
        let socket = try SocketAddress(ipAddress: address, port: 1)
        #expect(ClientAddress(socket) == ClientAddress(known))
    }

    @Test func `without the cookie gets one token, regardless of which reader comes first`() {
        let cookie = SessionCookie(from: [:], isSecure: false)
        let copy = cookie
        #expect(!cookie.isKnown)
        #expect(copy.token == cookie.token)
        #expect(cookie.setting().value.contains(cookie.token.description))
        #expect(SessionCookie(from: [:], isSecure: false).token != cookie.token)
    }
}
