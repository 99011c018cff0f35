import Events
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

extension RequestGuard {
    /// Takes no further request. What is owed to earlier ones is still answered.
    func refuse(_ refusal: RequestRefusal) {
        guard let context else { return }
        var isHandedOn = false
        switch reading {
        case .over: return
        case .body(let body): isHandedOn = body.waiting == nil
        case .nothing, .head: break
        }
        reading = .over
        timer?.set(in: nil)
        guard isHandedOn else {
            self.refusal = refusal
            return answerRefusal()
        }
        // Answered without its body: there is nothing more to say.
        if owed.isEmpty { return hangUp() }
        if owed.count > 1 || !isAnswering {
            forget(owed.removeLast())
            self.refusal = refusal
        } else {
            isLast = true
        }
        // Ends the wait for the rest of the body: half a form is no form.
        context.fireErrorCaught(HTTPParserError.invalidEOFState)
        answerRefusal()
    }

    /// The time is out for what is being read.
    func expire() {
        switch reading {
        case .nothing: if owed.isEmpty { context?.close(promise: nil) }
        case .head, .body: refuse(.tooSlow)
        case .over: if isHungUp { context?.close(promise: nil) }
        }
    }

    func completeAnswer(_ end: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        isAnswering = false
        forget(owed.removeFirst())
        guard !endsHere, !(isLast && owed.isEmpty && refusal == nil) else { return writeLast(end, promise, context) }
        context.write(end, promise: promise)
        guard owed.isEmpty else { return }
        if refusal != nil { return answerRefusal() }
        if case .nothing = reading { timer?.set(in: limited(deadlines.idle)) }
    }

    private func forget(_ client: ClientAddress?) {
        if let client { site.connections.endRequest(of: client) }
    }

    private func answerRefusal() {
        guard owed.isEmpty, !isSpent, let refusal, let context else { return }
        self.refusal = nil
        watchWriting()
        let page = site.answer(refusal, peer)
        context.write(wrapOutboundOut(.head(HTTPResponseHead(page.head))), promise: nil)
        if !omitsBody { context.write(wrapOutboundOut(.body(.byteBuffer(page.body))), promise: nil) }
        writeLast(wrapOutboundOut(.end(nil)), nil, context)
    }

    /// Nothing is written after it. Half the connection is closed when it has gone out, the rest when the client has had time to read it.
    private func writeLast(_ end: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        isSpent = true
        reading = .over
        timer?.set(in: nil)
        let written = promise ?? context.eventLoop.makePromise()
        written.futureResult.assumeIsolated().whenComplete { [self] _ in hangUp() }
        context.writeAndFlush(end, promise: written)
    }

    private func hangUp() {
        isSpent = true
        reading = .over
        guard let context, !isHungUp else { return }
        isHungUp = true
        if inputIsClosed { return context.close(promise: nil) }
        timer?.set(in: limited(deadlines.linger))
        context.close(mode: .output, promise: nil)
        // What the client still sends is read and dropped: unread, it would make the system take the answer back.
        context.read()
    }

    /// Looks now and then whether the client takes what is written for it.
    func watchWriting() {
        guard let context else { return }
        if stalled == nil {
            stalled = StalledWriting(context, limit: isStopping ? deadlines.stopping : deadlines.stall)
        }
        stalled?.noteWriting()
    }
}
