package import Events

/// An issue of the newsletter, from the first draft to the archive.
package enum Issue: Hashable, Sendable {
    case none
    case draft(IssueFacts)
    case scheduled(IssueFacts, for: Instant)
    case sending(IssueFacts, since: Instant)
    /// - `wasStopped`: an administrator ended it before everybody had it.
    case sent(IssueFacts, since: Instant, until: Instant, wasStopped: Bool)
    /// Nobody ever got it.
    case discarded
    case withdrawn

    package var facts: IssueFacts? {
        switch self {
        case .none, .discarded, .withdrawn: nil
        case .draft(let facts), .scheduled(let facts, _), .sending(let facts, _), .sent(let facts, _, _, _): facts
        }
    }

    /// When it became public; nil as long as it is not, and when it is taken back.
    package var published: Instant? {
        switch self {
        case .none, .draft, .scheduled, .discarded, .withdrawn: nil
        case .sending(_, let since), .sent(_, let since, _, _): since
        }
    }
}

/// What stands of an issue, from draft to archive.
package struct IssueFacts: Hashable, Sendable {
    package let id: IssueID
    package let draftedAt: Instant
    package var text: Personal<IssueText>
}

extension Issue: EventSourced {
    package static let initial = Issue.none

    package mutating func evolve(_ event: NewsletterEvent, at _: Instant) {
        switch (event, self) {
        case (.drafted(let id, let text, let time), .none):
            self = .draft(IssueFacts(id: id, draftedAt: time, text: text))
        case (.revised(_, let text), .draft(var facts)):
            facts.text = text
            self = .draft(facts)
        case (.scheduled(_, let time), .draft(let facts)): self = .scheduled(facts, for: time)
        case (.unscheduled, .scheduled(let facts, _)): self = .draft(facts)
        case (.begun(_, let time), .scheduled(let facts, _)): self = .sending(facts, since: time)
        case (.finished(_, let time), .sending(let facts, let since)):
            self = .sent(facts, since: since, until: time, wasStopped: false)
        case (.stopped(_, let time), .sending(let facts, let since)):
            self = .sent(facts, since: since, until: time, wasStopped: true)
        case (.discarded, _): self = .discarded
        case (.withdrawn, _): self = .withdrawn
        case (.drafted, _), (.revised, _), (.testRequested, _), (.scheduled, _), (.unscheduled, _), (.begun, _),
            (.finished, _), (.stopped, _):
            break
        }
    }
}

/// Why something is not done with an issue.
package enum NewsletterRefusal: DecisionRefusal, Hashable {
    case noSuchIssue
    /// It is scheduled, or on its way, or out: what it says does not change any more.
    case notADraft
    case notScheduled
    case notOnItsWay
    /// Nothing is taken out of the archive while it is being sent.
    case stillOnItsWay
    case timeIsPast
}
