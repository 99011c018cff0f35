package import Events

/// What the policy in force promises about cases (P-17.1, P-18.2), as the one who reads the policy says it.
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

/// When something is due. Hours are exact time, over weekends and the change of the clocks; months are Stockholm's (P-18.2, P-17.1).
package enum CaseClock {
    /// Nil when nothing waits for an answer.
    ///
    /// A request for one's rights has its own, longer time. An automatic receipt answers nothing, unless the policy says so.
    package static func due(
        _ matter: CaseMatter, openedAt opened: Instant, askedAt asked: Instant?, extended: Bool, isClosed: Bool,
        _ rules: CaseRules
    ) -> Instant? {
        switch matter {
        case .rights:
            guard !isClosed else { return nil }
            let first = opened.adding(rules.rightsRequest)
            guard extended else { return first }
            // Both counted from the day it came: 31 January is due on 28 February, and put off on 30 April.
            var whole = rules.rightsRequest
            whole.years += rules.rightsExtension.years
            whole.months += rules.rightsExtension.months
            whole.days += rules.rightsExtension.days
            whole.hours += rules.rightsExtension.hours
            return opened.adding(whole)
        case .support, .correction, .report, .dispute:
            guard let asked, !(rules.receiptCounts && asked == opened) else { return nil }
            return asked.adding(rules.question)
        }
    }

    /// How many of the warnings are due by now.
    package static func warningsDue(
        _ matter: CaseMatter, askedAt asked: Instant?, at time: Instant, _ rules: CaseRules
    ) -> Int {
        switch matter {
        case .rights: return 0
        case .support, .correction, .report, .dispute:
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

    /// Nil when there is no decision, or this party has appealed already.
    package func appealDeadline(_ party: CaseParty, _ rules: CaseRules) -> Instant? {
        guard let decision, isClosed, !appellants.contains(party), party == .opener || other != nil else { return nil }
        return decision.at.adding(rules.appealWindow)
    }
}
