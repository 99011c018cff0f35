import Accounts
package import Events
import HTML
import Messaging
import Projections

/// The share of recent questions that were answered in time (P-18.2); questions whose deadline has not passed are not counted.
package struct AnswerFigure: Sendable {
    package static let period = Period(days: 90)

    let inTime: Int
    package let all: Int
    package let limit: Period

    package init(_ questions: [(asked: Instant, answered: Instant?)], within limit: Period, at now: Instant) {
        self.limit = limit
        let judged = questions.filter { $0.answered != nil || $0.asked.adding(limit) <= now }
        all = judged.count
        inTime = judged.count { question in
            question.answered.map { $0 <= question.asked.adding(limit) } ?? false
        }
    }

    package var words: String {
        "De senaste \(AnswerFigure.period.days) dagarna besvarades \(SwedishNumber.percent(inTime, of: all)) av frågorna inom \(limit.swedish)."
    }

    /// The figure for publication; nil for fewer questions than the policy's minimum (P-08.3).
    package func published(minimum: Int) -> String? { all < minimum ? nil : words }
}

extension Application {
    package func answerFigure(at now: Instant) throws -> AnswerFigure {
        let limit = try caseRules().question
        let questions = try views.cases.questions(since: now.subtracting(AnswerFigure.period))
        return AnswerFigure(questions, within: limit, at: now)
    }
}
