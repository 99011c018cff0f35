import Events
import HTTPTypes
import Hummingbird
import NIOCore
import Processes
import Projections
import ServiceLifecycle
import Synchronization
import Web

/// `/aviseringar/strom`: streams the unread counts to an open page, again at each change (server-sent events).
///
/// Optional: every page has the counts without script. A stream ends with the session, at shutdown, and after half an hour; the browser
/// then reconnects.
final class LiveCounts: Sendable {
    private let application: Application
    private let site: WebEnvironment
    /// The minimum time between two checks of the counts.
    private let pause: Duration
    private let open = Mutex<[MemberID: Int]>([:])

    private static let mostOfOne = 8
    private static let mostOfAll = 2000
    /// The time between two keep-alive messages.
    private static let silence = Duration.seconds(25)
    private static let longest = Duration.seconds(1800)

    init(application: Application, site: WebEnvironment, pause: Duration = .seconds(1)) {
        self.application = application
        self.site = site
        self.pause = pause
    }

    /// - Throws: `unavailable` when too many streams are open.
    func response(_ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        guard enter(member) else { throw PageError.unavailable }
        let token = context.visit.cookie.token
        let counts = counts(of: member) { [site] in
            (try? site.sessions.find(token, at: site.clock.now()))?.member == member
        } ended: { [self] in
            leave(member)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(asyncSequence: counts.map(\.bytes).cancelOnGracefulShutdown()))
    }

    /// A message to an open page.
    enum Told: Sendable {
        case counts(Unread)
        /// Nothing new; sending it detects a closed connection.
        case life
    }

    /// - Parameter isSignedIn: checked before each message.
    func counts(
        of member: MemberID, while isSignedIn: @escaping @Sendable () -> Bool,
        ended: @escaping @Sendable () -> Void = {}
    ) -> AsyncStream<Told> {
        AsyncStream(bufferingPolicy: .bufferingNewest(4)) { continuation in
            let task = Task { [self] in
                await tell(member, isSignedIn, continuation)
                continuation.finish()
            }
            continuation.onTermination = { _ in
                task.cancel()
                ended()
            }
        }
    }

    private func tell(
        _ member: MemberID, _ isSignedIn: @Sendable () -> Bool, _ continuation: AsyncStream<Told>.Continuation
    ) async {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let end = ContinuousClock.now + LiveCounts.longest
        await withTaskGroup { group in
            group.addTask { [application] in for await _ in application.log.heads() { signal.yield() } }
            group.addTask { [application] in for await _ in application.reading.changes() { signal.yield() } }
            group.addTask {
                while (try? await Task.sleep(for: LiveCounts.silence)) != nil { signal.yield() }
                signal.finish()
            }
            var told: Unread?
            for await _ in signals {
                await application.waitForViews()
                guard ContinuousClock.now < end, isSignedIn(), let unread = (try? site.signedInMember(member))?.unread
                else { break }
                continuation.yield(unread == told ? .life : .counts(unread))
                told = unread
                guard (try? await Task.sleep(for: pause)) != nil else { break }
            }
            group.cancelAll()
        }
    }

    private func enter(_ member: MemberID) -> Bool {
        open.withLock { open in
            guard open[member, default: 0] < LiveCounts.mostOfOne,
                open.values.reduce(0, +) < min(LiveCounts.mostOfAll, site.connections.limits.total / 2)
            else { return false }
            open[member, default: 0] += 1
            return true
        }
    }

    private func leave(_ member: MemberID) {
        open.withLock { open in
            let rest = open[member, default: 1] - 1
            open[member] = rest > 0 ? rest : nil
        }
    }
}

extension LiveCounts.Told {
    fileprivate var bytes: ByteBuffer {
        switch self {
        case .life: ByteBuffer(string: ":\n\n")
        case .counts(let unread):
            ByteBuffer(
                string:
                    "event: counts\ndata: {\"messages\":\(unread.messages),\"notices\":\(unread.notifications),\"reports\":\(unread.reports)}\n\n"
            )
        }
    }
}
