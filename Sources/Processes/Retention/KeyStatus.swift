package import Accounts
package import Events

/// The age of the keys in use, and what is due with them under the policy.
package struct KeyStatus: Hashable, Sendable {
    package let history: KeyHistory
    /// When the keys in use are replaced; nil before the first version of the policy.
    package let rotation: Instant?
    /// When the oldest replaced keys are destroyed; nil when none are left.
    package let destruction: Instant?

    /// When something is to be done next.
    package var due: Instant? { [rotation, destruction].compactMap(\.self).min() }

    package init(_ history: KeyHistory, _ policies: PolicyCalendar, at now: Instant) {
        self.history = history
        rotation = policies.deadline(from: history.since, judgedAt: now, \.keyRotation)
        destruction = history.replaced.compactMap {
            policies.deadline(from: $0.replaced, judgedAt: now, \.replacedKeyEpoch)
        }.min()
    }
}
