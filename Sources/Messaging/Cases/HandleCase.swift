package import Events

/// Internal handling by the staff: notes, assignment, closing and reopening.
package enum HandleCase: Sendable {
    case note(Sealed<CaseNote>)
    /// Nil: no assignee.
    case assign(MemberID?)
    case close
    case reopen

    func decide(given file: CaseFile, by staff: MemberID, at time: Instant) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        switch self {
        case .note(let note): return [.noted(note)]
        case .assign(let member):
            if let member { try file.requireOthersMatter(than: member) }
            return member == file.assignee ? [] : [.assigned(member)]
        case .close:
            guard !file.isClosed else { throw .alreadyClosed }
            if let obstacle = file.obstacleToClosing { throw obstacle }
            return [.closed]
        case .reopen:
            guard file.isClosed else { throw .notClosed }
            return [.reopened]
        }
    }
}

extension CaseFile {
    /// Why staff may not close the open case yet; nil when they may.
    package var obstacleToClosing: CaseRefusal? {
        if topic.matter == .rights, decision == nil { return .undecided }
        return question == nil ? nil : .unanswered
    }
}

/// Closes an answered case without further activity, so that its retention period starts (P-16.5).
struct CloseQuietCase {
    let time: Instant

    func decide(given file: CaseFile) -> [CaseEvent] {
        guard file.question == nil else { return [] }
        switch (file.topic.matter, file.phase) {
        case (.support, .answered(at: let last)), (.correction, .answered(at: let last)),
            (.number, .answered(at: let last)):
            return time >= last.adding(Messaging.quietCasesCloseAfter) ? [.closed] : []
        case (.support, _), (.correction, _), (.report, _), (.dispute, _), (.rights, _), (.number, _):
            return []
        }
    }
}

/// Closes a case whose party has not answered the staff's question for the time that the policy keeps such cases, so that it does not wait
/// for ever.
struct CloseWaitingCase {
    let since: Instant

    func decide(given file: CaseFile) -> [CaseEvent] {
        guard file.isEndedByWaiting, file.question == nil, file.phase == .waiting(since: since) else { return [] }
        return [.closed]
    }
}

extension CaseFile {
    /// Whether the case ends when its party does not answer: the staff decides the others without her answer.
    package var isEndedByWaiting: Bool { topic.matter.isEndedByWaiting }
}

extension CaseMatter {
    package var isEndedByWaiting: Bool {
        switch self {
        case .support, .correction, .number: true
        case .report, .dispute, .rights: false
        }
    }
}

extension Messaging {
    /// Time after the last answer until a case without further questions is closed.
    package static let quietCasesCloseAfter = Period(days: 14)

    @discardableResult
    package func note(
        _ note: CaseNote, in id: CaseID, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, .note(Sealed(note, of: nil, in: id, by: command)), by: staff, command)
    }

    @discardableResult
    package func assign(
        _ id: CaseID, to member: MemberID?, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, .assign(member), by: staff, command)
    }

    @discardableResult
    package func close(_ id: CaseID, by staff: MemberID, command: CommandID) async throws -> Appended {
        try await handle(id, .close, by: staff, command)
    }

    @discardableResult
    package func reopen(_ id: CaseID, by staff: MemberID, command: CommandID) async throws -> Appended {
        try await handle(id, .reopen, by: staff, command)
    }

    /// - Returns: whether the case was closed.
    package func closeQuiet(_ id: CaseID) async throws -> Bool {
        let appended = try await inCase(id, CommandID(at: clock.now()), by: .system) { file, time in
            CloseQuietCase(time: time).decide(given: file)
        }
        return appended.positions != nil
    }

    /// - Parameter since: when the staff asked; nothing is done if the party has answered since.
    /// - Returns: whether the case was closed.
    package func closeWaiting(_ id: CaseID, since: Instant) async throws -> Bool {
        let appended = try await inCase(id, CommandID(at: clock.now()), by: .system) { file, _ in
            CloseWaitingCase(since: since).decide(given: file)
        }
        return appended.positions != nil
    }

    private func handle(
        _ id: CaseID, _ handling: HandleCase, by staff: MemberID, _ command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, time in
            if case .assign(let member?) = handling { try requireOthersMatter(file, than: member) }
            return try handling.decide(given: file, by: staff, at: time)
        }
    }
}
