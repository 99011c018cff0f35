package import Accounts
package import Events
import Synchronization

/// Collects incidents during requests: cheap, bounded, and without any effect on the answer (P-08.2). `SecurityWorker` counts them.
package final class SecurityMonitor: Sendable {
    /// What incidents are counted by.
    package enum Target: Hashable, Sendable {
        case account(MemberID)
        /// A whole IPv4 address, or the first 64 bits of IPv6.
        case network(ClientAddress)

        package var member: MemberID? {
            if case .account(let id) = self { id } else { nil }
        }
    }

    struct Key: Hashable, Sendable {
        let kind: SecurityIncident
        let target: Target
    }

    struct Incidents: Sendable {
        var count = 0
        /// Of the latest one.
        var origin: SignInOrigin
    }

    /// More targets than this at once are not told apart: the rest is counted in the totals only.
    private static let capacity = 5000

    private let waiting = Mutex<(incidents: [Key: Incidents], totals: [SecurityIncident: Int])>(([:], [:]))
    private let signal: AsyncStream<Void>.Continuation
    let signals: AsyncStream<Void>

    package init() { (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    /// - Parameter member: the account concerned; nil when there is none, such as for a typed name that no account has.
    package func note(_ kind: SecurityIncident, to member: MemberID?, from client: ClientAddress, on device: String) {
        let origin = SignInOrigin(address: client.text, device: device)
        let targets = [.network(client.network)] + (member.map { [Target.account($0)] } ?? [])
        waiting.withLock { waiting in
            waiting.totals[kind, default: 0] += 1
            for target in targets {
                let key = Key(kind: kind, target: target)
                guard waiting.incidents[key] != nil || waiting.incidents.count < SecurityMonitor.capacity else {
                    continue
                }
                waiting.incidents[key, default: Incidents(origin: origin)].count += 1
                waiting.incidents[key]?.origin = origin
            }
        }
        signal.yield()
    }

    /// The incidents since the site started, for the metrics.
    package var totals: [(kind: SecurityIncident, count: Int)] {
        let totals = waiting.withLock(\.totals)
        return SecurityIncident.allCases.map { ($0, totals[$0] ?? 0) }
    }

    func take() -> [Key: Incidents] {
        waiting.withLock { waiting in
            defer { waiting.incidents = [:] }
            return waiting.incidents
        }
    }
}

extension SecurityIncident {
    /// The number of incidents in a day from which an account or a network is noticed.
    package func threshold(for target: SecurityMonitor.Target) -> Int {
        switch (self, target) {
        case (.failedSignIn, .account): 10
        case (.failedSignIn, .network): 30
        case (.refusedRole, _): 5
        case (.forgedToken, _): 10
        case (.throttled, _): 20
        }
    }
}
