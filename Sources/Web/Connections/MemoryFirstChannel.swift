import Events
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// A connection that answers requests for cached pages on its event loop and passes all others on to the server.
struct MemoryFirstChannel<Base: ServerChildChannel>: ServerChildChannel {
    /// The response for a cached page; nil when the server must handle the request.
    typealias Answer = @Sendable (HTTPRequest, _ peer: ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)?

    let base: Base
    let answer: Answer

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            // After the handler that counts requests for time-outs and shutdown, before the one that passes them to the server.
            let counting = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            let peer = ClientAddress(channel.remoteAddress) ?? .unknown
            try pipeline.addHandler(MemoryAnswers(answer, peer), position: .after(counting))
            return value
        }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}

/// Keeps responses in request order: while a response of the server is pending, every request goes to the server.
private final class MemoryAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let answerFromMemory: @Sendable (HTTPRequest, ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)?
    private let peer: ClientAddress
    /// Requests passed on whose responses are not complete.
    private var owed = 0
    /// Requests answered here in the current read; limited, because other connections of the event loop wait for it.
    private var answered = 0
    private static let mostAtOnce = 16
    /// The response to the request being read, written when its end has come.
    private var answer: (head: HTTPResponse, body: ByteBuffer)?

    init(
        _ answer: @escaping @Sendable (HTTPRequest, ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)?,
        _ peer: ClientAddress
    ) {
        answerFromMemory = answer
        self.peer = peer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer = mayAnswer(head, on: context.channel) ? answerFromMemory(head, peer) : nil
            guard answer == nil else { return }
            owed += 1
            context.fireChannelRead(data)
        case .body: if answer == nil { context.fireChannelRead(data) }
        case .end:
            guard let answer else { return context.fireChannelRead(data) }
            self.answer = nil
            answered += 1
            context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
            context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        answered = 0
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .end:
            owed = max(0, owed - 1)
            context.write(data, promise: promise)
        case .head, .body: context.write(data, promise: promise)
        }
    }

    /// Leaves to the server a client that does not read its responses, sends a body, or wants the connection closed.
    private func mayAnswer(_ head: HTTPRequest, on channel: any Channel) -> Bool {
        owed == 0 && answered < MemoryAnswers.mostAtOnce && channel.isWritable
            && !head.headerFields.contains(.contentLength)
            && !head.headerFields.contains(.transferEncoding)
            && head.headerFields[.connection].map { $0.lowercased() == "keep-alive" } ?? true
    }
}
