package import Events

/// A party adds a statement to the case; it starts a new answer period if her earlier questions are answered (P-18.2).
package struct WriteInCase: Sendable {
    let statement: Sealed<CaseStatement>
    let party: CaseParty
    let channel: CaseChannel
    let trouble: MailTrouble?
    let time: Instant

    func decide(given file: CaseFile, _ rules: CaseRules) throws(CaseRefusal) -> [CaseEvent] {
        guard party == .opener || file.other != nil else { throw .notAParty }
        return [
            .stated(
                CaseAddition(
                    statement: statement, party: party, channel: channel, asks: file.isAsked(by: party, rules),
                    trouble: trouble, at: time))
        ]
    }
}

extension CaseFile {
    /// Whether a new statement by the party starts an answer period.
    func isAsked(by party: CaseParty, _ rules: CaseRules) -> Bool { questions[party] == nil && rules.followUpReopens }
}

extension Messaging {
    /// - Parameter actor: the member who is the party, or a visitor who presented the case's link or wrote from its address.
    @discardableResult
    package func write(
        _ statement: CaseStatement, in id: CaseID, as party: CaseParty, through channel: CaseChannel = .page,
        trouble: MailTrouble? = nil, _ rules: CaseRules, by actor: Actor, command: CommandID
    ) async throws -> Appended {
        try await inCase(id, command, by: actor) { file, time in
            let filed = Sealed(statement, of: file.member(party), in: id, by: command)
            return try WriteInCase(statement: filed, party: party, channel: channel, trouble: trouble, time: time)
                .decide(given: file, rules)
        }
    }
}
