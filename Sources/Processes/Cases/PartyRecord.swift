import Accounts
package import Events
package import Messaging

extension Application {
    /// A case as its parties may still see it: nil once its retention period has ended, whether or not a legal hold defers the erasure,
    /// so that a secret hold does not show (P-10.1).
    package func partyRecord(of id: CaseID) throws -> CaseRecord? {
        guard let record = try messaging.record(id) else { return nil }
        guard case .closed(at: let closed) = record.file.phase else { return record }
        let now = clock.now()
        let end = try accounts.policies().deadline(
            from: closed, judgedAt: now, record.file.topic.matter.retention)
        return end.map { now >= $0 } == true ? nil : record
    }
}

extension CaseMatter {
    /// The policy's retention time for the case's records, counted from the day the case is closed.
    var retention: (RetentionRules) -> Period {
        switch self {
        case .support: \.supportCase
        case .correction: \.correctionCase
        case .report: \.reportCase
        case .dispute: \.disputeCase
        case .rights: \.rightsCase
        }
    }
}
