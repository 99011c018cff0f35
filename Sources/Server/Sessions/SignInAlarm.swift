import Accounts
import Events
import Logging
import ServiceLifecycle
import Synchronization

/// Members whose attempts are used up: collected during requests, recorded in the log afterwards, so that response times do not show it.
final class SignInAlarm: Sendable {
    /// Each once, so that it holds no more than there are members.
    private let waiting = Mutex<Set<MemberID>>([])
    private let signal: AsyncStream<Void>.Continuation
    fileprivate let signals: AsyncStream<Void>

    init() { (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    func note(_ member: MemberID) {
        waiting.withLock { _ = $0.insert(member) }
        signal.yield()
    }

    /// Records what was collected; a mail follows at most once a day.
    func work(_ accounts: Accounts, at now: Instant) async throws {
        let members = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for member in members { try await accounts.holdBackSignIns(of: member, command: CommandID(at: now)) }
    }
}

/// Runs the alarm until the site stops.
struct SignInAlarmWorker: Service {
    let accounts: Accounts
    let site: Site

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in site.signInAlarm.signals {
                do {
                    try await site.signInAlarm.work(accounts, at: site.clock.now())
                } catch {
                    site.logger.error("held back sign-ins not told", metadata: ["kind": "\(type(of: error))"])
                }
            }
        }
    }
}
