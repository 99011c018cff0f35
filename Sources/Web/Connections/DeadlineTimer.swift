import Glibc
import NIOCore

/// A deadline that moves often and rarely passes: the event loop's task is rescheduled only when it would run too late.
final class DeadlineTimer {
    private let eventLoop: any EventLoop
    private let expire: () -> Void
    private var deadline: NIODeadline?
    private var task: (at: NIODeadline, scheduled: Scheduled<Void>)?

    init(_ eventLoop: any EventLoop, expire: @escaping () -> Void) {
        self.eventLoop = eventLoop
        self.expire = expire
    }

    /// - Parameter amount: nil for no deadline.
    func set(in amount: TimeAmount?) {
        if let amount { set(at: eventLoop.now + amount) } else { deadline = nil }
    }

    func set(at time: NIODeadline) {
        deadline = time
        if let task, task.at <= time { return }
        schedule(at: time)
    }

    func cancel() {
        deadline = nil
        task?.scheduled.cancel()
        task = nil
    }

    private func schedule(at time: NIODeadline) {
        task?.scheduled.cancel()
        let scheduled = eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in wake() }
        task = (time, scheduled)
    }

    private func wake() {
        task = nil
        guard let deadline else { return }
        guard deadline <= eventLoop.now else { return schedule(at: deadline) }
        self.deadline = nil
        expire()
    }
}

/// Closes a connection when its client reads nothing of the buffered output for the duration of `limit`.
final class StalledWriting {
    /// Interval between two checks.
    var limit: TimeAmount { didSet { if task != nil { schedule() } } }
    private let context: ChannelHandlerContext
    private var task: Scheduled<Void>?
    private var pending = Int.max
    private var hasWritten = false

    init(_ context: ChannelHandlerContext, limit: TimeAmount) {
        self.context = context
        self.limit = limit
    }

    func noteWriting() {
        hasWritten = true
        if task == nil {
            pending = .max
            schedule()
        }
    }

    func cancel() {
        task?.cancel()
        task = nil
    }

    private func schedule() {
        task?.cancel()
        task = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { [self] in look() }
    }

    private func look() {
        task = nil
        let rest = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        guard rest > 0 else { return }
        guard rest < pending || hasWritten else {
            // Zero linger: the kernel drops its unsent bytes as well and resets the connection.
            let atOnce = linger(l_onoff: 1, l_linger: 0)
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(atOnce)
            return context.close(promise: nil)
        }
        pending = rest
        hasWritten = false
        schedule()
    }
}
