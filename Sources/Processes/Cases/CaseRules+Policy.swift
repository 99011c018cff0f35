package import Accounts
package import Events
package import Messaging

/// Nobody has published a policy yet: nothing is promised.
struct NoPolicyInForce: Error {}

extension PolicyCalendar {
    /// What was promised to whoever asked then: a version that came since may have shortened a time, none can lengthen it.
    package func caseRules(from start: Instant, judgedAt now: Instant) throws -> CaseRules {
        guard let present = inForce(at: now)?.rules else { throw NoPolicyInForce() }
        let since = versions.filter { (start...max(start, now)).contains($0.version.startInStockholm) }
        let promised = (since + [inForce(at: start)].compactMap(\.self)).map(\.rules.deadlines)
        func shortest(_ period: (DeadlineRules) -> Period) -> Period {
            promised.map(period).min { start.adding($0) < start.adding($1) } ?? period(present.deadlines)
        }
        return CaseRules(
            question: shortest(\.question), warnings: present.deadlines.questionWarnings,
            rightsRequest: shortest(\.rightsRequest), rightsExtension: shortest(\.rightsRequestExtension),
            appealWindow: shortest(\.appealWindow), receiptCounts: present.answers.automaticReceiptCounts,
            followUpReopens: present.answers.followUpReopens)
    }
}

extension Application {
    /// By what a case is judged now: what was promised when its question came.
    package func caseRules(for file: CaseFile) throws -> CaseRules {
        try accounts.policies().caseRules(
            from: file.decision?.at ?? file.question?.askedAt ?? file.openedAt, judgedAt: clock.now())
    }

    package func caseRules() throws -> CaseRules {
        let now = clock.now()
        return try accounts.policies().caseRules(from: now, judgedAt: now)
    }
}
