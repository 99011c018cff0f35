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
    package typealias Name = NewsletterEventName

    package func encoded() -> NewEvent {
        switch self {
        case .drafted(let id, let text, _): event(.drafted, text.sealed(for: id))
        case .revised(let id, let text): event(.revised, text.sealed(for: id))
        case .testRequested: event(.testRequested)
        case .scheduled(_, let time): event(.scheduled) { $0.instant("for", time) }
        case .unscheduled: event(.unscheduled)
        case .begun: event(.begun)
        case .finished: event(.finished)
        case .stopped: event(.stopped)
        case .discarded: event(.discarded)
        case .withdrawn: event(.withdrawn)
        }
    }

    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    package static func decode(_ event: RecordedEvent) throws -> NewsletterEvent? {
        guard let name = try NewsletterEventName(event) else { return nil }
        guard let id: IssueID = event.stream.id() else { throw UnreadableEvent(event) }
        if name == .scheduled {
            return .scheduled(id, for: try event.clear { (json) throws(MalformedEvent) in try json.instant("for") })
        }
        try event.clear { (_) throws(MalformedEvent) in }
        switch name {
        case .drafted: return .drafted(id, try IssueText.opened(from: event), at: event.time)
        case .revised: return .revised(id, try IssueText.opened(from: event))
        case .testRequested: return .testRequested(id)
        case .scheduled, .unscheduled: return .unscheduled(id)
        case .begun: return .begun(id, at: event.time)
        case .finished: return .finished(id, at: event.time)
        case .stopped: return .stopped(id, at: event.time)
        case .discarded: return .discarded(id)
        case .withdrawn: return .withdrawn(id)
        }
    }
}
