import Events
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A connection without a network and with a clock set by the test; a stand-in for the site is behind the guard.
final class GuardedWire {
    let channel = EmbeddedChannel()
    let site = Answering()
    let kit: KitSite

    /// - Parameters:
    ///   - answers: false for a site that does not answer until told.
    ///   - peer: the address the connection comes from.
    init(
        _ deadlines: RequestDeadlines = RequestDeadlines(), answers: Bool = true, peer: String = "192.0.2.1",
        kit: KitSite? = nil
    ) throws {
        self.kit = try kit ?? KitSite()
        site.answersAtOnce = answers
        let front = try self.kit.front
        let guarded = GuardedSite(
            connections: self.kit.site.connections, trustedProxies: self.kit.site.trustedProxies,
            answer: { front.page(for: $0, from: $1) })
        let watch = RequestGuard(guarded, ClientAddress(peer) ?? .unknown, deadlines)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers(
            [HTTPResponseEncoder(), RequestBytes(watch), ByteToMessageHandler(HTTPRequestDecoder()), watch, site])
        try channel.connect(to: SocketAddress(ipAddress: peer, port: 1)).wait()
    }

    func send(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    func wait(_ amount: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: amount) }

    /// The bytes written since the last call.
    func heard() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    /// The status codes in those bytes.
    func statuses() throws -> [String] {
        try heard().matches(of: #/HTTP/1\.[01] ([0-9]{3})/#).map { String($0.1) }
    }

    var isOpen: Bool { channel.isActive }

    func end() { _ = try? channel.finish(acceptAlreadyClosed: true) }
}

/// Answers each request with its path, at the end of the request or when the test says so.
final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    var answersAtOnce = true
    private(set) var heads: [HTTPRequestHead] = []
    private(set) var bodies = 0
    private(set) var ends = 0
    private(set) var errors = 0
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): heads.append(head)
        case .body(let bytes): bodies += bytes.readableBytes
        case .end:
            ends += 1
            if answersAtOnce { answer() }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { errors += 1 }

    func answer(_ headers: HTTPHeaders = ["Content-Length": "2"], _ status: HTTPResponseStatus = .ok) {
        begin(headers, status)
        context?.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "ok")))), promise: nil)
        context?.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func begin(_ headers: HTTPHeaders, _ status: HTTPResponseStatus = .ok) {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context?.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }
}
