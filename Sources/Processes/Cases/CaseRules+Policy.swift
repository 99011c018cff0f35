package import Accounts
package import Events
package import Messaging

/// No policy has been published yet, so nothing is promised.
struct NoPolicyInForce: Error {}

extension PolicyCalendar {
    /// The rules promised to a party who asked at `start`: a later version can shorten a deadline but not extend it.
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
    /// The rules that a case is judged by now: those promised when its decision, question or opening was recorded.
    package func caseRules(for file: CaseFile) throws -> CaseRules {
        try accounts.policies().caseRules(
            from: file.decision?.at ?? file.question?.askedAt ?? file.openedAt, judgedAt: clock.now())
    }

    package func caseRules() throws -> CaseRules {
        let now = clock.now()
        return try accounts.policies().caseRules(from: now, judgedAt: now)
    }
}
