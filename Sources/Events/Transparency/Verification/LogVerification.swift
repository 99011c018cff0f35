/// The result of a verification.
package struct LogVerification: Sendable {
    package enum SignatureCheck: String, Sendable {
        case notChecked = "not checked"
        case valid, wrong
    }

    package enum Consistency: Hashable, Sendable {
        /// No checkpoint was given.
        case notChecked
        /// The log continues the checkpoint: its first `size` events are unchanged.
        case consistent(size: Int)
        case inconsistent
    }

    package let events: Int
    /// The recomputed tree head; nil when positions are missing or out of order, or nothing could be read.
    package let head: Checkpoint?
    package let lastTime: Instant?
    package let signature: SignatureCheck
    package let consistency: Consistency
    /// One for each of the further checkpoints.
    package let others: [Consistency]
    /// The first findings, in the order in which they were met.
    package let findings: [Finding]
    /// The number of findings beyond those.
    package let furtherFindings: Int

    package var isSound: Bool { findings.isEmpty }
}

/// The progress of a verification.
package struct VerificationProgress: Hashable, Sendable {
    package enum Phase: String, Sendable { case events, structure }

    package let phase: Phase
    package let done: Int
    package let total: Int
}

/// Findings up to a number that fits in memory; the rest are counted.
struct FindingList {
    private(set) var kept: [Finding] = []
    private(set) var further = 0
    private static let most = 1000

    mutating func add(_ place: Finding.Place, _ defect: Defect, column: String? = nil) {
        guard kept.count < FindingList.most else { further += 1; return }
        kept.append(Finding(place, defect, column: column))
    }

    /// Turns an error from broken structure into a finding, so that the rest that can be read is checked.
    mutating func guardingDamage(_ body: (inout FindingList) throws -> Void) throws {
        do {
            try body(&self)
        } catch let error as SQLiteError where error.isLikelyDamage {
            add(.file, .damaged(error.message))
        }
    }

    mutating func add(_ others: FindingList) {
        for finding in others.kept { add(finding.place, finding.defect, column: finding.column) }
        further += others.further
    }
}
