package import Events

/// Sets the time at which an issue is sent; its text is fixed from then on.
struct ScheduleIssue {
    let id: IssueID
    let due: Instant
    let time: Instant

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .draft:
            guard due >= time else { throw .timeIsPast }
            return [.scheduled(id, for: due)]
        case .scheduled, .sending, .sent: throw .notADraft
        case .none, .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

struct UnscheduleIssue {
    let id: IssueID

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .scheduled: return [.unscheduled(id)]
        case .draft: return []
        case .sending, .sent: throw .notScheduled
        case .none, .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

/// Starts sending when the scheduled time has come; does nothing if the issue was rescheduled or unscheduled.
struct BeginIssue {
    let id: IssueID
    let time: Instant

    func decide(given issue: Issue) -> [NewsletterEvent] {
        switch issue {
        case .scheduled(_, let due): due <= time ? [.begun(id)] : []
        case .none, .draft, .sending, .sent, .discarded, .withdrawn: []
        }
    }
}

struct FinishIssue {
    let id: IssueID

    func decide(given issue: Issue) -> [NewsletterEvent] {
        switch issue {
        case .sending: [.finished(id)]
        case .none, .draft, .scheduled, .sent, .discarded, .withdrawn: []
        }
    }
}

struct StopIssue {
    let id: IssueID

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .sending: return [.stopped(id)]
        case .draft, .scheduled, .sent: throw .notOnItsWay
        case .none, .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

extension Messaging {
    /// - Parameter due: nil to send at once.
    package func scheduleIssue(
        _ id: IssueID, for due: Instant?, by member: MemberID, command: CommandID
    ) async throws {
        try await change(id, by: .member(member), command) { issue, time in
            try ScheduleIssue(id: id, due: due ?? time, time: time).decide(given: issue)
        }
    }

    package func unscheduleIssue(_ id: IssueID, by member: MemberID, command: CommandID) async throws {
        try await change(id, by: .member(member), command) { issue, _ in
            try UnscheduleIssue(id: id).decide(given: issue)
        }
    }

    package func beginIssue(_ id: IssueID) async throws {
        try await change(id, by: .system, CommandID(at: clock.now())) { issue, time in
            BeginIssue(id: id, time: time).decide(given: issue)
        }
    }

    package func finishIssue(_ id: IssueID) async throws {
        try await change(id, by: .system, CommandID(at: clock.now())) { issue, _ in
            FinishIssue(id: id).decide(given: issue)
        }
    }

    package func stopIssue(_ id: IssueID, by member: MemberID, command: CommandID) async throws {
        try await change(id, by: .member(member), command) { issue, _ in
            try StopIssue(id: id).decide(given: issue)
        }
    }

    /// The issue that the event at a position is about.
    package func issue(at position: Int) throws -> IssueID? {
        try log.events(after: position - 1, limit: 1).first { $0.position == position }?.stream.id()
    }
}
