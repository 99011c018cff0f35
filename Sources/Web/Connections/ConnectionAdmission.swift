import Events
import Glibc
import Logging
import NIOCore

/// First handler on the listening socket: closes connections beyond the limits at once, and pauses accepting when the system has no
/// file descriptor left.
final class ConnectionAdmission: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let counts: ConnectionCounts
    private let logger: Logger
    private let pause: TimeAmount
    private var isPaused = false
    private var silentUntil: [String: NIODeadline] = [:]

    /// - Parameter pause: how long accepting stops after the system ran out of descriptors.
    init(_ counts: ConnectionCounts, logger: Logger, pause: TimeAmount = .seconds(1)) {
        self.counts = counts
        self.logger = logger
        self.pause = pause
    }

    /// - Parameter server: the listening socket.
    static func install(on server: any Channel, _ counts: ConnectionCounts, logger: Logger) async {
        let added = server.eventLoop.submit {
            try server.pipeline.syncOperations.addHandler(
                ConnectionAdmission(counts, logger: logger), position: .first)
        }
        do { try await added.get() } catch {
            logger.error("connections are not limited", metadata: ["kind": "\(type(of: error))"])
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        let address = ClientAddress(connection.remoteAddress) ?? .unknown
        guard counts.begin(from: address) else {
            complain("connections are turned away: too many are open")
            return connection.close(promise: nil)
        }
        connection.closeFuture.whenComplete { [counts] _ in counts.end(from: address) }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) { rest(context) }
        context.fireErrorCaught(error)
    }

    /// Stops reading for `pause`: a pending connection that cannot be accepted would wake the event loop again and again.
    private func rest(_ context: ChannelHandlerContext) {
        complain("no connection can be accepted: the system has no descriptor left")
        guard !isPaused, let options = context.channel.syncOptions else { return }
        isPaused = true
        try? options.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) { [self] in
            isPaused = false
            try? options.setOption(.autoRead, value: true)
        }
    }

    /// Logs each warning at most once a minute, so that a flood does not fill the log as well.
    private func complain(_ words: String) {
        guard silentUntil[words].map({ $0 <= .now() }) ?? true else { return }
        silentUntil[words] = .now() + .minutes(1)
        logger.warning("\(words)", metadata: ["open": "\(counts.open)", "refused": "\(counts.refused)"])
    }
}
