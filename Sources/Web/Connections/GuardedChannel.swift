package import Events
package import HTTPTypes
import HummingbirdCore
import Logging
package import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// The parts of the site that `RequestGuard` needs.
package struct GuardedSite: Sendable {
    package let connections: ConnectionCounts
    package let trustedProxies: TrustedProxies
    /// The response to a refused request.
    package let answer: @Sendable (RequestRefusal, _ peer: ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)

    package init(
        connections: ConnectionCounts, trustedProxies: TrustedProxies,
        answer: @escaping @Sendable (RequestRefusal, _ peer: ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)
    ) {
        self.connections = connections
        self.trustedProxies = trustedProxies
        self.answer = answer
    }
}

/// A connection whose requests are validated, timed and limited in size before the site sees them.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let site: GuardedSite
    let deadlines: RequestDeadlines

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            try? channel.syncOptions?.setOption(
                .socketOption(.so_sndbuf), value: SocketOptionValue(RequestBounds.sendBuffer))
            let pipeline = channel.pipeline.syncOperations
            let watch = RequestGuard(site, ClientAddress(channel.remoteAddress) ?? .unknown, deadlines)
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(RequestBytes(watch), position: .before(decoder))
            try pipeline.addHandler(watch, position: .after(decoder))
            return value
        }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}

/// Passes the raw bytes to the guard before the decoder gets them.
final class RequestBytes: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let watch: RequestGuard

    init(_ watch: RequestGuard) { self.watch = watch }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if watch.takes(unwrapInboundIn(data)) { context.fireChannelRead(data) }
    }
}

/// The number of bytes received so far of a request's first line.
struct FirstLine {
    private var length = 0
    private var isComplete = false

    var isTooLong: Bool { length > RequestBounds.headField }

    mutating func note(_ bytes: ByteBuffer) {
        guard !isComplete else { return }
        let view = bytes.readableBytesView
        let end = view.firstIndex(of: UInt8(ascii: "\n"))
        length += view.distance(from: view.startIndex, to: end ?? view.endIndex)
        isComplete = end != nil
    }
}
