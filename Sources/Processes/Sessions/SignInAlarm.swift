package import Accounts
package import Events
package import Logging
import ServiceLifecycle
import Synchronization

/// Members whose attempts are used up: collected during requests, recorded in the log afterwards, so that response times do not show it.
package final class SignInAlarm: Sendable {
    /// A set, so that it never holds more entries than there are members.
    private let waiting = Mutex<Set<MemberID>>([])
    private let signal: AsyncStream<Void>.Continuation
    fileprivate let signals: AsyncStream<Void>

    package init() { (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    package func note(_ member: MemberID) {
        waiting.withLock { _ = $0.insert(member) }
        signal.yield()
    }

    /// Records the collected members; a mail follows at most once a day.
    package func work(_ accounts: Accounts, at now: Instant) async throws {
        let members = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for member in members { try await accounts.holdBackSignIns(of: member, command: CommandID(at: now)) }
    }
}

/// Runs `SignInAlarm` until the site stops.
package struct SignInAlarmWorker: Service {
    package let accounts: Accounts
    package let alarm: SignInAlarm
    package let clock: Events.Clock
    package let logger: Logger

    package init(accounts: Accounts, alarm: SignInAlarm, clock: Events.Clock, logger: Logger) {
        self.accounts = accounts
        self.alarm = alarm
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in alarm.signals {
                do {
                    try await alarm.work(accounts, at: clock.now())
                } catch {
                    logger.error("held back sign-ins not told", metadata: ["kind": "\(type(of: error))"])
                }
            }
        }
    }
}
