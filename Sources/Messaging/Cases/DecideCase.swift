package import Events

/// Decides a dispute, report or rights request, with reasons that are sent to the parties (P-08.4, P-17.1, DSA Art. 17).
package struct DecideCase: Sendable {
    let outcome: CaseDecision.Outcome
    let reasons: Sealed<CaseReasons>
    let affected: MemberID?
    let staff: MemberID
    let time: Instant

    func decide(given file: CaseFile) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        guard affected != staff else { throw .ownMatter }
        guard !file.isClosed else { throw .alreadyClosed }
        switch file.topic {
        case .rights:
            // Without a proved identity, data is neither disclosed nor changed (P-17.2).
            guard file.opener != nil || outcome == .rejected else { throw .notIdentified }
        case .dispute:
            // A decision against a party requires that she was heard.
            guard file.heard.contains(.other) || outcome == .rejected else { throw .otherNotHeard }
        case .support, .correction, .report, .number: break
        }
        return [
            .decided(
                CaseDecision(
                    outcome: outcome, reasons: reasons, affected: affected == file.opener ? nil : affected, by: staff,
                    at: time))
        ]
    }
}

extension CaseFile {
    /// Whether a first decision on `file`, a report of the same thing, also answers this open report.
    fileprivate func isAnswered(with file: CaseFile) -> Bool {
        guard case .report(_, let thing) = topic, case .report(_, thing) = file.topic, thing != .page else {
            return false
        }
        return file.decision == nil && decision == nil && !isClosed && !isErased
    }
}

/// A party appeals against the decision, once and within the policy's time.
struct AppealDecision {
    let statement: Sealed<CaseStatement>
    let party: CaseParty
    let time: Instant

    func decide(given file: CaseFile, _ rules: CaseRules) throws(CaseRefusal) -> [CaseEvent] {
        guard let end = file.appealDeadline(party, rules) else { throw .nothingToAppeal }
        guard time < end else { throw .tooLateToAppeal }
        return [.appealed(statement, by: party)]
    }
}

/// Extends the time for a rights request, with reasons for the member (GDPR Art. 12.3).
struct ExtendCase {
    let reasons: Sealed<CaseReasons>
    let staff: MemberID
    let time: Instant

    func decide(given file: CaseFile, _ rules: CaseRules) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        guard file.topic.matter == .rights, file.extendedAt == nil, !file.isClosed, let due = file.due(rules),
            time < due
        else { throw .notExtendable }
        return [.extended(reasons)]
    }
}

extension Messaging {
    /// - Parameters:
    ///   - others: further reports of the same thing, answered by the same decision; those already decided or closed are skipped.
    ///   - affected: the author of the reported text, who becomes a party, is notified and may appeal.
    @discardableResult
    package func decide(
        _ id: CaseID, and others: [CaseID] = [], _ outcome: CaseDecision.Outcome, _ reasons: CaseReasons,
        affecting affected: MemberID? = nil, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: .member(staff)) { reading, time in
            let file = try (reading.state(of: StreamName(id)) as CaseState).required()
            try requireOthersMatter(file, than: staff)
            let decided = try DecideCase(
                outcome: outcome, reasons: Sealed(reasons, of: nil, in: id, by: command), affected: affected,
                staff: staff, time: time
            ).decide(given: file).map { Decided($0, in: StreamName(id)) }
            return try decided
                + others.filter { $0 != id }.flatMap { other -> [Decided] in
                    guard case .known(let sibling) = try reading.state(of: StreamName(other)) as CaseState,
                        sibling.isAnswered(with: file)
                    else { return [] }
                    try requireOthersMatter(sibling, than: staff)
                    // The reasons are sealed separately for each case, so that each copy is erased with its case.
                    let key = CommandID(named: "\(command) in \(other)", at: time)
                    return try DecideCase(
                        outcome: outcome, reasons: Sealed(reasons, of: nil, in: other, by: key), affected: nil,
                        staff: staff, time: time
                    ).decide(given: sibling).map { Decided($0, in: StreamName(other)) }
                }
        }
    }

    /// Opens a case together with its decision, for a measure the staff takes without a report, so that the member affected is notified and
    /// can appeal as in any other case (DSA Art. 17, 20).
    package func decideUnasked(
        _ opening: OpenCase, _ outcome: CaseDecision.Outcome, _ reasons: CaseReasons, affecting affected: MemberID,
        by staff: MemberID, command: CommandID
    ) async throws -> (id: CaseID, appended: Appended) {
        let id = CaseID(createdBy: command)
        let appended = try await execute(command, by: .member(staff)) { _, time in
            let opened = try opening.decide(id, command, at: time)
            var state = CaseState.initial
            for event in opened { state.evolve(event, at: time) }
            let file = try state.required()
            try requireOthersMatter(file, than: staff)
            let decided = try DecideCase(
                outcome: outcome, reasons: Sealed(reasons, of: nil, in: id, by: command), affected: affected,
                staff: staff, time: time
            ).decide(given: file)
            return (opened + decided).map { Decided($0, in: StreamName(id)) }
        }
        return (id, appended)
    }

    @discardableResult
    package func appeal(
        _ statement: CaseStatement, in id: CaseID, as party: CaseParty, _ rules: CaseRules, by actor: Actor,
        command: CommandID
    ) async throws -> Appended {
        try await inCase(id, command, by: actor) { file, time in
            let filed = Sealed(statement, of: file.member(party), in: id, by: command)
            return try AppealDecision(statement: filed, party: party, time: time).decide(given: file, rules)
        }
    }

    @discardableResult
    package func extend(
        _ id: CaseID, _ reasons: CaseReasons, _ rules: CaseRules, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, time in
            try ExtendCase(reasons: Sealed(reasons, of: nil, in: id, by: command), staff: staff, time: time)
                .decide(given: file, rules)
        }
    }
}
