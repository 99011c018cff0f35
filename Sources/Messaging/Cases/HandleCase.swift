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
            return [.closed]
        case .reopen:
            guard file.isClosed else { throw .notClosed }
            return [.reopened]
        }
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

    private func handle(
        _ id: CaseID, _ handling: HandleCase, by staff: MemberID, _ command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, time in
            if case .assign(let member?) = handling { try requireOthersMatter(file, than: member) }
            return try handling.decide(given: file, by: staff, at: time)
        }
    }
}
