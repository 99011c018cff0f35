import Accounts
package import Events
package import Forum
import HTML
package import Messaging
import Projections

/// A moderator's measure against a text on her own initiative, with the statement to its author: the rule and the facts (DSA Art. 17).
package struct UnaskedMeasure: Sendable {
    package let thing: ReportedThing
    package let reason: ReportReason
    package let reasons: CaseReasons
    /// Whether the text is erased; a text that is already hidden can be erased, but not removed again.
    private let isErasure: Bool

    package init(about thing: ReportedThing, _ reason: RemovalReason, _ facts: Facts) {
        self.thing = thing
        self.reason = reason.reportReason
        reasons = facts.reasons(under: reason.rule)
        isErasure = false
    }

    package init(erasing thing: ReportedThing, _ reason: TextErasureReason, _ facts: Facts) {
        self.thing = thing
        self.reason = reason.reportReason
        reasons = facts.reasons(under: reason.rule)
        isErasure = true
    }

    /// Whether the measure would change anything: for a text already gone the forum refuses, and nothing is filed.
    fileprivate func hasEffect(in forum: Forum) throws -> Bool {
        switch thing {
        case .post(let id):
            switch try forum.post(id)?.post {
            case .visible, .deleted: true
            case .removed: isErasure
            case .none?, .erased, nil: false
            }
        case .thread(let id): if case .known = try forum.thread(id).facts?.title { true } else { false }
        case .member, .message, .page: false
        }
    }

    /// The facts in the moderator's words.
    package struct Facts: Sendable {
        private let known: CaseReasons

        package init?(_ text: String) {
            guard let known = CaseReasons(text) else { return nil }
            self.known = known
        }

        fileprivate func reasons(under rule: String) -> CaseReasons { CaseReasons(rule: rule, known.text) ?? known }
    }
}

extension Application {
    /// Files a measure before it is carried out: as the decision on the waiting reports, or as a separate case. Either way the author is a
    /// party to it, is notified, and may appeal.
    ///
    /// - Returns: the position of the decision; nil if there is no author to notify, or nothing left to decide.
    package func file(_ measure: UnaskedMeasure, by staff: MemberID, command: CommandID) async throws -> Int? {
        guard let author = try author(of: measure.thing), author != staff,
            try accounts.member(author).account != nil, try measure.hasEffect(in: forum)
        else { return nil }
        let filing = CommandID(named: "case of \(command)", at: Instant(milliseconds: 0))
        let reports = try views.reports.cases(about: measure.thing).filter { id in
            try messaging.record(id).map { $0.file.decision == nil && !$0.file.isClosed } ?? false
        }
        if let first = reports.first {
            return try await messaging.decide(
                first, and: Array(reports.dropFirst()), .upheld, measure.reasons, affecting: author, by: staff,
                command: filing
            ).last
        }
        guard let statement = CaseStatement(text: "Ingen har anmält texten.") else { return nil }
        return try await messaging.decideUnasked(
            OpenCase(unasked: .report(measure.reason, measure.thing), statement), .upheld,
            measure.reasons, affecting: author, by: staff, command: filing
        ).appended.last
    }
}

extension RemovalReason {
    fileprivate var reportReason: ReportReason {
        switch self {
        case .spam: .spam
        case .personalData: .personalData
        case .unlawful: .unlawful
        case .abuse: .abuse
        case .offTopic, .other: .other
        }
    }

    /// The clause of the member terms; clause numbers are stable.
    package var rule: String {
        switch self {
        case .spam: "Medlemsvillkoren T-04.1: skräppost, upprepad reklam och dold marknadsföring är inte tillåtet."
        case .personalData:
            "Medlemsvillkoren T-04.1: det är inte tillåtet att sprida någons personuppgifter eller privata förhållanden utan lov."
        case .unlawful:
            "Medlemsvillkoren T-04.1: det som är brottsligt eller gör intrång i någons rätt är inte tillåtet."
        case .abuse: "Medlemsvillkoren T-04.1: hot, trakasserier, hat och personangrepp är inte tillåtet."
        case .offTopic: "Medlemsvillkoren T-04.1: håll dig till sak."
        case .other: "Medlemsvillkoren T-04, Så beter vi oss."
        }
    }
}

extension TextErasureReason {
    fileprivate var reportReason: ReportReason {
        switch self {
        case .personalData: .personalData
        case .unlawful, .authority: .unlawful
        case .authorsRequest: .other
        case .spam: .spam
        }
    }

    fileprivate var rule: String {
        switch self {
        case .personalData: RemovalReason.personalData.rule
        case .unlawful: RemovalReason.unlawful.rule
        case .authority: "Ett beslut av domstol eller myndighet, och medlemsvillkoren T-05.3."
        case .authorsRequest: "Medlemsvillkoren T-06.3."
        case .spam: RemovalReason.spam.rule
        }
    }
}

extension ReportReason {
    /// The reason shown in place of the removed text.
    package var removal: RemovalReason {
        switch self {
        case .unlawful, .childAbuse: .unlawful
        case .personalData: .personalData
        case .abuse: .abuse
        case .spam: .spam
        case .other: .other
        }
    }
}
