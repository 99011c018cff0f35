package import Events

/// An administrator drafts an issue or revises a draft.
struct WriteIssue {
    let id: IssueID
    let text: IssueText

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .none: return [.drafted(id, .known(text))]
        case .draft(let facts): return facts.text == .known(text) ? [] : [.revised(id, .known(text))]
        case .scheduled, .sending, .sent: throw .notADraft
        case .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

/// An administrator requests a test mail of the issue.
struct RequestTest {
    let id: IssueID

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .draft, .scheduled: return [.testRequested(id)]
        case .sending, .sent: throw .notADraft
        case .none, .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

/// Deletes a draft that has not been sent.
struct DiscardIssue {
    let id: IssueID

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .draft, .scheduled: return [.discarded(id)]
        case .sending, .sent: throw .notADraft
        case .none, .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

/// Removes an issue from the archive and erases its text; copies already mailed remain.
struct WithdrawIssue {
    let id: IssueID

    func decide(given issue: Issue) throws(NewsletterRefusal) -> [NewsletterEvent] {
        switch issue {
        case .sent: return [.withdrawn(id)]
        case .sending: throw .stillOnItsWay
        case .none, .draft, .scheduled, .discarded, .withdrawn: throw .noSuchIssue
        }
    }
}

extension Messaging {
    package func issue(_ id: IssueID) throws -> Issue { try log.state(of: StreamName(id)).state }

    package func draftIssue(_ text: IssueText, by member: MemberID, command: CommandID) async throws -> IssueID {
        let id = IssueID(createdBy: command)
        try await change(id, by: .member(member), command) { issue, _ in
            try WriteIssue(id: id, text: text).decide(given: issue)
        }
        return id
    }

    package func reviseIssue(
        _ id: IssueID, to text: IssueText, by member: MemberID, command: CommandID
    ) async throws {
        try await change(id, by: .member(member), command) { issue, _ in
            guard issue != .none else { throw NewsletterRefusal.noSuchIssue }
            return try WriteIssue(id: id, text: text).decide(given: issue)
        }
    }

    package func requestTest(of id: IssueID, by member: MemberID, command: CommandID) async throws {
        try await change(id, by: .member(member), command) { issue, _ in try RequestTest(id: id).decide(given: issue) }
    }

    package func discardIssue(_ id: IssueID, by member: MemberID, command: CommandID) async throws {
        try await change(id, by: .member(member), command, isErasing: true) { issue, _ in
            try DiscardIssue(id: id).decide(given: issue)
        }
    }

    package func withdrawIssue(_ id: IssueID, by member: MemberID, command: CommandID) async throws {
        try await change(id, by: .member(member), command, isErasing: true) { issue, _ in
            try WithdrawIssue(id: id).decide(given: issue)
        }
    }

    @discardableResult
    func change(
        _ id: IssueID, by actor: Actor, _ command: CommandID, isErasing: Bool = false,
        _ decide: (Issue, Instant) throws -> [NewsletterEvent]
    ) async throws -> Appended {
        let erasure = ErasureRequest(fence: FenceID(createdBy: command), .owner(Owner(id)))
        return try await execute(command, by: actor) { reading, time in
            if isErasing { reading.erase(erasure) }
            let stream = StreamName(id)
            return try decide(reading.state(of: stream), time).map { Decided($0, in: stream) }
        }
    }
}
