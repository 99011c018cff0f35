import Accounts
package import Events

/// Until when an author can undo the deletion of a text (P-06.3).
extension Application {
    /// Whether a deletion of the first time can be undone at the second, under the policies known now.
    package func deletionIsUndoable() throws -> @Sendable (_ deleted: Instant, _ now: Instant) -> Bool {
        let policies = try accounts.policies()
        return { deleted, now in
            policies.deadline(from: deleted, judgedAt: now, \.deletedText).map { now < $0 } ?? true
        }
    }

    /// When the period of a deletion ends; nil when it is over.
    package func deletionUndoable(from deleted: Instant, at now: Instant) throws -> Instant? {
        let end = try accounts.policies().deadline(from: deleted, judgedAt: now, \.deletedText)
        return end.flatMap { now < $0 ? $0 : nil }
    }

    /// How long a deletion made now can be undone.
    package func undoPeriod(at now: Instant) throws -> Period {
        try accounts.policyInForce(at: now).rules.retention.deletedText
    }
}
