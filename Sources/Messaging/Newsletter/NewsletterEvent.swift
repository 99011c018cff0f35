package import Events

/// What happens to an issue of the newsletter, in a stream of its own. To whom it went stands in the events about mail.
package enum NewsletterEvent: Hashable, Sendable {
    case drafted(IssueID, Personal<IssueText>, at: Instant)
    case revised(IssueID, Personal<IssueText>)
    /// Whoever did it gets the issue as a mail, and nobody else.
    case testRequested(IssueID)
    case scheduled(IssueID, for: Instant)
    case unscheduled(IssueID)
    /// From now on it is sent, and stands in the archive.
    case begun(IssueID, at: Instant)
    /// Every recipient's mail has come to its end.
    case finished(IssueID, at: Instant)
    /// What was not sent by then is not sent at all.
    case stopped(IssueID, at: Instant)
    /// A draft that nobody got. Its text is erased.
    case discarded(IssueID)
    /// Out of the archive. Its text is erased.
    case withdrawn(IssueID)
}

extension NewsletterEvent {
    package var issue: IssueID {
        switch self {
        case .drafted(let id, _, _), .revised(let id, _), .testRequested(let id), .scheduled(let id, _),
            .unscheduled(let id), .begun(let id, _), .finished(let id, _), .stopped(let id, _), .discarded(let id),
            .withdrawn(let id):
            id
        }
    }
}

/// The events of the newsletter by their names on the wire.
package enum NewsletterEventName: String, WireName {
    case drafted = "newsletter.drafted"
    case revised = "newsletter.revised"
    case testRequested = "newsletter.test-requested"
    case scheduled = "newsletter.scheduled"
    case unscheduled = "newsletter.unscheduled"
    case begun = "newsletter.begun"
    case finished = "newsletter.finished"
    case stopped = "newsletter.stopped"
    case discarded = "newsletter.discarded"
    case withdrawn = "newsletter.withdrawn"

    package static let prefix = "newsletter."
}

extension NewsletterEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .drafted(let id, let text, _): event(.drafted, sealing: text.sealed(for: id))
        case .revised(let id, let text): event(.revised, sealing: text.sealed(for: id))
        case .testRequested: event(.testRequested)
        case .scheduled(_, let time): event(.scheduled, .date, time)
        case .unscheduled: event(.unscheduled)
        case .begun: event(.begun)
        case .finished: event(.finished)
        case .stopped: event(.stopped)
        case .discarded: event(.discarded)
        case .withdrawn: event(.withdrawn)
        }
    }

    package init(_ name: NewsletterEventName, _ event: RecordedEvent) throws {
        switch name {
        case .drafted: self = .drafted(try event.onlyID(), try event.personal(), at: event.time)
        case .revised: self = .revised(try event.onlyID(), try event.personal())
        case .testRequested: self = .testRequested(try event.onlyID())
        case .scheduled: self = .scheduled(try event.id(), for: try event.clear(.date))
        case .unscheduled: self = .unscheduled(try event.onlyID())
        case .begun: self = .begun(try event.onlyID(), at: event.time)
        case .finished: self = .finished(try event.onlyID(), at: event.time)
        case .stopped: self = .stopped(try event.onlyID(), at: event.time)
        case .discarded: self = .discarded(try event.onlyID())
        case .withdrawn: self = .withdrawn(try event.onlyID())
        }
    }
}

extension Personal<IssueText> {
    /// An issue is nobody's: it is its own owner.
    fileprivate func sealed(for issue: IssueID) -> SealedPart {
        SealedPart(Subject(.issue, issue), of: Owner(issue), self)
    }
}

extension ClearField<Instant> {
    fileprivate static var date: Self { "for" }
}
