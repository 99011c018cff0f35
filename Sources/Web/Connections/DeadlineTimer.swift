import Glibc
import NIOCore

/// One deadline that is moved often and passes rarely: the event loop's task is only moved when it would come too late.
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

/// Closes a connection whose client takes nothing of what is written for it.
final class StalledWriting {
    /// Between two looks.
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
            // The system is to forget the rest as well.
            let atOnce = linger(l_onoff: 1, l_linger: 0)
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(atOnce)
            return context.close(promise: nil)
        }
        pending = rest
        hasWritten = false
        schedule()
    }
}
