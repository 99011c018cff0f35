package import Events

/// An event in the stream of one newsletter issue. Its recipients are in `MailEvent`.
package enum NewsletterEvent: Hashable, Sendable {
    case drafted(IssueID, Personal<IssueText>)
    case revised(IssueID, Personal<IssueText>)
    /// The administrator who requested it gets the issue by mail.
    case testRequested(IssueID)
    case scheduled(IssueID, for: Instant)
    case unscheduled(IssueID)
    /// Sending starts, and the issue is in the archive.
    case begun(IssueID)
    /// Every recipient's mail has a final outcome.
    case finished(IssueID)
    /// Mails not sent by then are never sent.
    case stopped(IssueID)
    /// A draft was deleted before being sent. Its text is erased.
    case discarded(IssueID)
    /// Removed from the archive. Its text is erased.
    case withdrawn(IssueID)
}

extension NewsletterEvent {
    package var issue: IssueID {
        switch self {
        case .drafted(let id, _), .revised(let id, _), .testRequested(let id), .scheduled(let id, _),
            .unscheduled(let id), .begun(let id), .finished(let id), .stopped(let id), .discarded(let id),
            .withdrawn(let id):
            id
        }
    }
}

/// Wire names of the newsletter events.
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
        case .drafted(let id, let text): event(.drafted, sealing: text.sealed(for: id))
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
        case .drafted: self = .drafted(try event.onlyID(), try event.personal())
        case .revised: self = .revised(try event.onlyID(), try event.personal())
        case .testRequested: self = .testRequested(try event.onlyID())
        case .scheduled: self = .scheduled(try event.id(), for: try event.clear(.date))
        case .unscheduled: self = .unscheduled(try event.onlyID())
        case .begun: self = .begun(try event.onlyID())
        case .finished: self = .finished(try event.onlyID())
        case .stopped: self = .stopped(try event.onlyID())
        case .discarded: self = .discarded(try event.onlyID())
        case .withdrawn: self = .withdrawn(try event.onlyID())
        }
    }
}

extension Personal<IssueText> {
    /// Sealed with the issue as its own owner, since it belongs to no member.
    fileprivate func sealed(for issue: IssueID) -> SealedPart {
        SealedPart(Subject(.issue, issue), of: Owner(issue), self)
    }
}

extension ClearField<Instant> {
    fileprivate static var date: Self { "for" }
}
