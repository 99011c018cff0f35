package import Events

/// Every question that a member was asked and her answers, in order, each a separate entry (P-01.1).
package struct ConsentLedger: Hashable, Sendable {
    package enum Matter: Hashable, Sendable {
        case policy(CalendarDate), terms(CalendarDate)
        case consent(ConsentPurpose)
        case newsletter
    }

    package struct Entry: Hashable, Sendable {
        package let matter: Matter
        package let isYes: Bool
        /// Hash of the accepted text, as it was published.
        package let text: TextHash?
        /// Hash of the question's wording, as it was shown; nil for a withdrawal, which needs no question.
        package let form: TextHash?
        package let at: Instant
        /// The event's position in the log.
        package let position: Int
        package let actor: Actor
        /// Whether the answer was given before the membership began.
        package let isFromRegistration: Bool
    }

    package private(set) var entries: [Entry] = []

    mutating func take(_ event: ConsentEvent, _ recorded: RecordedEvent, isMember: Bool) {
        let answer: (matter: Matter, isYes: Bool, text: TextHash?, form: TextHash?)
        switch event {
        case .policyAccepted(let accepted): answer = (.policy(accepted.version), true, accepted.text, accepted.form)
        case .termsAccepted(let accepted): answer = (.terms(accepted.version), true, accepted.text, accepted.form)
        case .given(let purpose, let form): answer = (.consent(purpose), true, nil, form)
        case .withdrawn(let purpose): answer = (.consent(purpose), false, nil, nil)
        case .newsletterAnswered(let given): answer = (.newsletter, given.isYes, nil, given.form)
        case .mailChoiceSet: return
        }
        entries.append(
            Entry(
                matter: answer.matter, isYes: answer.isYes, text: answer.text, form: answer.form, at: recorded.time,
                position: recorded.position, actor: recorded.actor, isFromRegistration: !isMember))
    }
}

extension Accounts {
    package func consentLedger(of member: MemberID) throws -> ConsentLedger {
        var ledger = ConsentLedger()
        var state = Member.initial
        for recorded in try log.events(in: StreamName(member)) {
            guard let event = try MemberEvent.decode(recorded) else { continue }
            if case .consent(let answer) = event {
                ledger.take(answer, recorded, isMember: state.account?.confirmedAt != nil)
            }
            state.evolve(event, at: recorded.time)
        }
        return ledger
    }
}
