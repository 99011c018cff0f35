package import Events

/// A staff member answers a party or asks a question back; only this and a decision count as an answer (P-18.2).
package struct AnswerCase: Sendable {
    let reply: Sealed<CaseReply>
    let audience: CaseAudience
    let awaits: Bool
    let staff: MemberID
    let time: Instant

    func decide(given file: CaseFile) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        guard audience == .opener || file.other != nil else { throw .noOtherParty }
        return [.replied(CaseAnswer(reply: reply, audience: audience, awaits: awaits, at: time))]
    }
}

extension Messaging {
    @discardableResult
    package func answer(
        _ id: CaseID, _ reply: CaseReply, to audience: CaseAudience = .opener, awaits: Bool = false,
        by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, time in
            let filed = Sealed(reply, of: nil, in: id, by: command)
            return try AnswerCase(reply: filed, audience: audience, awaits: awaits, staff: staff, time: time)
                .decide(given: file)
        }
    }
}
