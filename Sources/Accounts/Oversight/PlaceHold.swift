package import Events

/// Proposes that a member's data be held, or that the hold be renewed. Nothing changes before a second person approves.
package struct ProposeHold: Sendable {
    let id: HoldProposalID
    let order: HoldOrder
    let time: Instant

    package func decide(given record: HoldRecord) throws(AccountRefusal) -> [OversightEvent] {
        guard record.openProposal(at: time) == nil else { throw .alreadyDecided }
        guard let lastDay = order.lastDay, let end = order.end, time < end else {
            throw .datedInThePast(order.lastDay ?? time.stockholmDate)
        }
        let latest = time.adding(HoldOrder.longest).stockholmDate
        guard lastDay <= latest else { throw .holdTooLong(until: latest) }
        return [.holdProposed(id, order)]
    }
}

/// Approves a proposal, which places or renews the hold: by a second administrator, or by the operator where there is no other (P-10.1).
package struct ConfirmHold: Sendable {
    let id: HoldProposalID
    let member: MemberID
    let actor: Actor
    let time: Instant

    package func decide(given record: HoldRecord, _ staff: Staff) throws(AccountRefusal) -> [OversightEvent] {
        guard let proposal = record.openProposal(at: time), proposal.id == id else { throw .alreadyDecided }
        try SecondApproval(of: proposal.proposer, about: member).check(actor, given: staff)
        return [.holdConfirmed(id)]
    }
}

/// Declines a proposal, or withdraws one's own.
package struct DeclineHold: Sendable {
    let id: HoldProposalID
    let time: Instant

    package func decide(given record: HoldRecord) throws(AccountRefusal) -> [OversightEvent] {
        guard record.openProposal(at: time)?.id == id else { throw .alreadyDecided }
        return [.holdDeclined(id)]
    }
}

/// Ends a hold after its last day, and a proposal that was not approved in time.
package struct EndHold: Sendable {
    let time: Instant

    package func decide(given record: HoldRecord) -> [OversightEvent] {
        var events: [OversightEvent] = []
        if let lapsed = record.lapsedProposal(at: time) { events.append(.holdDeclined(lapsed.id)) }
        if case .active(let order, _) = record.hold, let end = order.end, time >= end { events.append(.holdLifted) }
        return events
    }
}

extension Accounts {
    /// - Throws: `AccountRefusal.noSuchMember`, `.notAllowed`, `.ownMatter`, `.alreadyDecided`, `.datedInThePast`, `.holdTooLong`.
    package func proposeHold(
        on member: MemberID, _ reference: HoldReference, isSecret: Bool, until lastDay: CalendarDate,
        by administrator: MemberID, command: CommandID
    ) async throws {
        guard try self.member(member).account != nil else { throw AccountRefusal.noSuchMember }
        let sealed = Sealed(
            .known(reference), under: Subject(.statement, createdBy: command),
            of: Accounts.ownerOfHolds(on: member))
        let order = HoldOrder(isSecret: isSecret, lastDay: lastDay, reference: sealed)
        let id = HoldProposalID(createdBy: command)
        try await changeHold(on: member, by: .member(administrator), command) { record, time in
            try ProposeHold(id: id, order: order, time: time).decide(given: record)
        }
    }

    /// - Throws: `AccountRefusal.notAllowed`, `.ownMatter`, `.alreadyDecided`, `.sameAdministrator`, `.otherAdministratorNeeded`.
    package func confirmHold(
        on member: MemberID, _ id: HoldProposalID, by actor: Actor, command: CommandID
    ) async throws {
        try await changeHold(on: member, by: actor, command) { record, time in
            try ConfirmHold(id: id, member: member, actor: actor, time: time).decide(given: record, staff())
        }
    }

    package func declineHold(
        on member: MemberID, _ id: HoldProposalID, by actor: Actor, command: CommandID
    ) async throws {
        try await changeHold(on: member, by: actor, command) { record, time in
            try DeclineHold(id: id, time: time).decide(given: record)
        }
    }

    /// Lifts the hold and makes the erasures that it deferred, in one append.
    package func liftHold(on member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await changeHold(on: member, by: actor, command) { record, _ in
            guard case .active = record.hold else { return [] }
            return [.holdLifted]
        }
    }

    /// Ends what has run out of time: the hold with the erasures that it deferred, and a proposal.
    /// - Returns: whether anything ended.
    package func endHold(on member: MemberID) async throws -> Bool {
        try await changeHold(on: member, by: .system, CommandID(at: clock.now())) { record, time in
            EndHold(time: time).decide(given: record)
        }
    }

    /// Makes the erasures that were deferred by holds which have ended. Lifting a hold makes them itself.
    /// - Returns: how many were still pending.
    package func makeDeferredErasures() async throws -> Int {
        var count = 0
        for (stream, deferred) in try log.deferredErasures() {
            guard let member = stream.id(LegalHoldKind.self).map({ MemberID(rawValue: $0.rawValue) }),
                case .inactive = try hold(on: member)
            else { continue }
            let time = clock.now()
            try await log.erase(deferred, command: CommandID(at: time), by: .system, at: time)
            count += deferred.count
        }
        return count
    }

    @discardableResult
    private func changeHold(
        on member: MemberID, by actor: Actor, _ command: CommandID,
        _ decide: (HoldRecord, Instant) throws -> [OversightEvent]
    ) async throws -> Bool {
        try requireAdministrator(member, actor)
        let stream = Accounts.holds(on: member)
        return try await log.execute(command, by: actor, at: clock) { time in
            // Read first: an erasure that is deferred after this changes the version.
            let past = try log.events(in: stream)
            let events = try decide(HoldRecord(past), time)
            let deferred = events.contains(.holdLifted) ? try log.deferredErasures(in: stream) : []
            let change = StreamAppend(stream, expected: .exactly(past.last?.version ?? 0), events)
            return (Decision([change], erasures: deferred), !events.isEmpty)
        }.value
    }
}
