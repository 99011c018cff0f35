package import Events

/// State of a newsletter issue, from the first draft to the archive.
package enum Issue: Hashable, Sendable {
    case none
    case draft(IssueFacts)
    case scheduled(IssueFacts, for: Instant)
    case sending(IssueFacts, since: Instant)
    /// `wasStopped`: an administrator stopped it before all recipients had been sent it.
    case sent(IssueFacts, since: Instant, until: Instant, wasStopped: Bool)
    /// Deleted as a draft, never sent.
    case discarded
    case withdrawn

    package var facts: IssueFacts? {
        switch self {
        case .none, .discarded, .withdrawn: nil
        case .draft(let facts), .scheduled(let facts, _), .sending(let facts, _), .sent(let facts, _, _, _): facts
        }
    }

    /// When it became public; nil before that and after withdrawal.
    package var published: Instant? {
        switch self {
        case .none, .draft, .scheduled, .discarded, .withdrawn: nil
        case .sending(_, let since), .sent(_, let since, _, _): since
        }
    }
}

/// The data of an issue, in every phase from draft to archive.
package struct IssueFacts: Hashable, Sendable {
    package let id: IssueID
    package let draftedAt: Instant
    package var text: Personal<IssueText>
}

extension Issue: EventSourced {
    package static let initial = Issue.none

    package mutating func evolve(_ event: NewsletterEvent, at time: Instant) {
        switch (event, self) {
        case (.drafted(let id, let text), .none):
            self = .draft(IssueFacts(id: id, draftedAt: time, text: text))
        case (.revised(_, let text), .draft(var facts)):
            facts.text = text
            self = .draft(facts)
        case (.scheduled(_, let due), .draft(let facts)): self = .scheduled(facts, for: due)
        case (.unscheduled, .scheduled(let facts, _)): self = .draft(facts)
        case (.begun, .scheduled(let facts, _)): self = .sending(facts, since: time)
        case (.finished, .sending(let facts, let since)):
            self = .sent(facts, since: since, until: time, wasStopped: false)
        case (.stopped, .sending(let facts, let since)):
            self = .sent(facts, since: since, until: time, wasStopped: true)
        case (.discarded, _): self = .discarded
        case (.withdrawn, _): self = .withdrawn
        case (.drafted, _), (.revised, _), (.testRequested, _), (.scheduled, _), (.unscheduled, _), (.begun, _),
            (.finished, _), (.stopped, _):
            break
        }
    }
}

/// Why a command on an issue is refused.
package enum NewsletterRefusal: DecisionRefusal, Hashable {
    case noSuchIssue
    /// It is scheduled, being sent or sent: its text no longer changes.
    case notADraft
    case notScheduled
    case notOnItsWay
    /// An issue cannot be withdrawn while it is being sent.
    case stillOnItsWay
    case timeIsPast
}
