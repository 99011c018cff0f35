import Events
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

extension RequestGuard {
    /// Refuses the current request and accepts no further ones; earlier requests are still answered first.
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
        // The request was answered before its body was complete, so no refusal can follow.
        if owed.isEmpty { return hangUp() }
        if owed.count > 1 || !isAnswering {
            forget(owed.removeLast())
            self.refusal = refusal
        } else {
            isLast = true
        }
        // Ends the handler's wait for the rest of the body with an error, so that it never sees half a form.
        context.fireErrorCaught(HTTPParserError.invalidEOFState)
        answerRefusal()
    }

    /// Called when the deadline for reading has passed.
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

    /// Writes the end of the last response, then closes the output, and the input after `linger`, so that the client has time to read it.
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
        // Input is read and dropped: closing a socket with unread input resets the connection, and the client would lose the response.
        context.read()
    }

    /// Starts or continues the check that the client reads what is written.
    func watchWriting() {
        guard let context else { return }
        if stalled == nil {
            stalled = StalledWriting(context, limit: isStopping ? deadlines.stopping : deadlines.stall)
        }
        stalled?.noteWriting()
    }
}
