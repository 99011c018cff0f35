import Events
import NIOCore
import NIOHTTP1

/// Sits between the decoder and the site: passes on well-formed requests that arrive in time, answers all others itself, and closes the
/// connection when it is done.
///
/// Responses keep the order of their requests; a refusal is always the last response.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    enum Reading {
        /// No byte of the next request has arrived.
        case nothing
        case head
        case body(Body)
        /// No further request is accepted.
        case over
    }

    struct Body {
        let began: NIODeadline
        var received = 0
        /// Passed on after its body has been read and dropped, because the site reads the bodies of POST requests only.
        var waiting: HTTPRequestHead?
    }

    let site: GuardedSite
    let peer: ClientAddress
    let deadlines: RequestDeadlines
    var context: ChannelHandlerContext?
    var reading = Reading.nothing
    var timer: DeadlineTimer?
    /// Requests passed on whose responses are not complete: for each, the forwarded client that it is counted for, if any.
    var owed: [ClientAddress?] = []
    /// The head of a response has been written, but not its end.
    var isAnswering = false
    /// The refusal to write once `owed` is empty.
    var refusal: RequestRefusal?
    /// The connection is closed after the response to the last accepted request.
    var isLast = false
    /// The connection is closed after the response now being written.
    var endsHere = false
    /// Nothing more may be written.
    var isSpent = false
    var isHungUp = false
    var inputIsClosed = false
    var isStopping = false
    var stalled: StalledWriting?
    private var isOldClient = false
    private var isHead = false
    private var firstLine = FirstLine()
    private var bytes = 0

    init(_ site: GuardedSite, _ peer: ClientAddress, _ deadlines: RequestDeadlines) {
        self.site = site
        self.peer = peer
        self.deadlines = deadlines
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        timer = DeadlineTimer(context.eventLoop) { [weak self] in self?.expire() }
        timer?.set(in: deadlines.head)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        release()
        timer = nil
        stalled = nil
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        release()
        context.fireChannelInactive()
    }

    private func release() {
        timer?.cancel()
        stalled?.cancel()
        for case let client? in owed { site.connections.endRequest(of: client) }
        owed = []
        reading = .over
        isSpent = true
    }

    /// - Returns: false when the bytes must be dropped.
    func takes(_ buffer: ByteBuffer) -> Bool {
        switch reading {
        case .over: return false
        case .nothing:
            reading = .head
            firstLine = FirstLine()
            timer?.set(in: limited(deadlines.head))
            firstLine.note(buffer)
        case .head: firstLine.note(buffer)
        case .body: break
        }
        bytes += buffer.readableBytes
        guard bytes > RequestBounds.bytes else { return true }
        refuse(.tooLarge)
        return false
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): take(head)
        case .body(let buffer):
            guard case .body(var body) = reading else { return }
            body.received += buffer.readableBytes
            guard body.received <= RequestBounds.body else { return refuse(.tooLarge) }
            reading = .body(body)
            if !isStopping { timer?.set(at: body.began + deadlines.body(after: body.received)) }
            if body.waiting == nil { context.fireChannelRead(data) }
        case .end: takeEnd(context)
        }
    }

    private func take(_ received: HTTPRequestHead) {
        if case .over = reading { return }
        guard let context else { return }
        do throws(RequestRefusal) {
            isHead = received.method == .HEAD
            let head = try received.checked()
            var body = Body(began: context.eventLoop.now)
            timer?.set(in: limited(deadlines.body))
            if head.hasBody, head.method != .POST { body.waiting = head } else { try handOn(head, context) }
            reading = .body(body)
            if head.waitsForContinue, owed.count == (body.waiting == nil ? 1 : 0), !isAnswering {
                let answer = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(answer)), promise: nil)
            }
        } catch {
            refuse(error)
        }
    }

    private func handOn(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) throws(RequestRefusal) {
        let client = site.trustedProxies.forwardedClient(of: peer, head.headers)
        if let client, !site.connections.beginRequest(of: client) { throw .tooMany }
        owed.append(client)
        isOldClient = head.isOld
        // The decoder stops reading after a request with an `Upgrade` field.
        isLast = head.isOld || !head.isKeepAlive || head.headers.contains(name: "upgrade")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func takeEnd(_ context: ChannelHandlerContext) {
        guard case .body(let body) = reading else { return }
        bytes = 0
        firstLine = FirstLine()
        timer?.set(in: nil)
        if let head = body.waiting {
            reading = .head
            do throws(RequestRefusal) { try handOn(head, context) } catch { return refuse(error) }
        }
        isHead = false
        reading = isLast ? .over : .nothing
        if owed.isEmpty { timer?.set(in: limited(deadlines.idle)) }
        context.fireChannelRead(wrapInboundOut(.end(nil)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPParserError:
            refuse(RequestRefusal(error, hasTarget: !firstLine.isTooLong))
        case is ByteToMessageDecoderError: refuse(.malformed)
        default: context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            isStopping = true
            stalled?.limit = deadlines.stopping
            switch reading {
            case .head, .body: timer?.set(in: deadlines.stopping)
            case .nothing, .over: break
            }
        }
        if event as? ChannelEvent == .inputClosed {
            inputIsClosed = true
            if isHungUp { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // No later handler requests the reads whose data is dropped here.
        if isHungUp { context.read() }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        watchWriting()
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard !isSpent, !owed.isEmpty else { return drop(promise) }
            isAnswering = true
            if head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "close" }) {
                endsHere = true
            } else if head.status == .tooManyRequests, owed.count > 1 {
                // A client over its rate limit that pipelines requests gets no further responses.
                endsHere = true
                head.headers.replaceOrAdd(name: "connection", value: "close")
            } else if isLast, owed.count == 1, refusal == nil {
                head.headers.replaceOrAdd(name: "connection", value: "close")
            }
            // An HTTP/1.0 client reads a body without a length until the connection is closed, and does not know chunks.
            if isOldClient, !head.headers.contains(name: "content-length") { head.version = .http1_0 }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            guard isAnswering, !isSpent else { return drop(promise) }
            context.write(data, promise: promise)
        case .end:
            guard isAnswering, !isSpent else { return drop(promise) }
            completeAnswer(data, promise, context)
        }
    }

    /// Drops a response that arrives too late, because the client was already sent a refusal or the connection is ending.
    private func drop(_ promise: EventLoopPromise<Void>?) { promise?.succeed() }

    /// The time limit, shortened to `deadlines.stopping` during shutdown.
    func limited(_ amount: TimeAmount) -> TimeAmount { isStopping ? min(amount, deadlines.stopping) : amount }

    var omitsBody: Bool { isHead }
}
