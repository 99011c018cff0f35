package import Events

/// The promises about cases in the policy in force (P-17.1, P-18.2), as parsed by the caller.
package struct CaseRules: Sendable {
    package let question: Period
    package let warnings: [Period]
    package let rightsRequest: Period
    package let rightsExtension: Period
    package let appealWindow: Period
    package let receiptCounts: Bool
    package let followUpReopens: Bool

    package init(
        question: Period, warnings: [Period], rightsRequest: Period, rightsExtension: Period, appealWindow: Period,
        receiptCounts: Bool, followUpReopens: Bool
    ) {
        self.question = question
        self.warnings = warnings
        self.rightsRequest = rightsRequest
        self.rightsExtension = rightsExtension
        self.appealWindow = appealWindow
        self.receiptCounts = receiptCounts
        self.followUpReopens = followUpReopens
    }
}

/// Computes due times: hours are elapsed time, including weekends and clock changes; months are calendar months in Stockholm (P-18.2,
/// P-17.1).
package enum CaseClock {
    /// When the case must be answered; nil when no answer is awaited.
    ///
    /// A rights request has a separate, longer period. The automatic receipt is no answer, unless the policy says so.
    package static func due(
        _ matter: CaseMatter, openedAt opened: Instant, askedAt asked: Instant?, extended: Bool, isClosed: Bool,
        _ rules: CaseRules
    ) -> Instant? {
        switch matter {
        case .rights:
            guard !isClosed else { return nil }
            let first = opened.adding(rules.rightsRequest)
            guard extended else { return first }
            // Both periods count from the day the request came: one of 31 January is due on 28 February, and on 30 April if extended.
            var whole = rules.rightsRequest
            whole.years += rules.rightsExtension.years
            whole.months += rules.rightsExtension.months
            whole.days += rules.rightsExtension.days
            whole.hours += rules.rightsExtension.hours
            return opened.adding(whole)
        case .support, .correction, .report, .dispute, .number:
            guard let asked, !(rules.receiptCounts && asked == opened) else { return nil }
            return asked.adding(rules.question)
        }
    }

    /// Number of warnings due by now.
    package static func warningsDue(
        _ matter: CaseMatter, askedAt asked: Instant?, at time: Instant, _ rules: CaseRules
    ) -> Int {
        switch matter {
        case .rights: return 0
        case .support, .correction, .report, .dispute, .number:
            guard let asked else { return 0 }
            return rules.warnings.filter { time >= asked.adding($0) }.count
        }
    }
}

extension CaseFile {
    package func due(_ rules: CaseRules) -> Instant? {
        CaseClock.due(
            topic.matter, openedAt: openedAt, askedAt: question?.askedAt, extended: extendedAt != nil,
            isClosed: isClosed, rules)
    }

    /// When the time to appeal ends; nil when there is no decision, or this party has appealed already.
    package func appealDeadline(_ party: CaseParty, _ rules: CaseRules) -> Instant? {
        guard let decision, isClosed, !appellants.contains(party), party == .opener || other != nil else { return nil }
        return decision.at.adding(rules.appealWindow)
    }
}
