package import Events

/// Requests the correction of a name, personal identity number or sex (P-12.4).
package struct RequestCorrection: Sendable {
    let correction: Correction

    package func decide(given request: CorrectionRequest, _ state: Member) throws(AccountRefusal) -> [CorrectionEvent] {
        guard state.active != nil else { throw .noSuchMember }
        guard case .none = request else { return [] }
        return [.requested(correction)]
    }
}

/// Records the result of comparing the requested value with its proof.
package struct CompareCorrection: Sendable {
    let comparison: Sealed<Comparison>

    package func decide(given request: CorrectionRequest) throws(AccountRefusal) -> [CorrectionEvent] {
        switch request {
        case .requested, .compared: return [.compared(comparison)]
        case .none, .decided: throw .alreadyDecided
        }
    }
}

/// Approves or rejects a request. Only a compared request can be approved, and not if it differs from its proof.
package struct DecideCorrection: Sendable {
    let isApproved: Bool
    let reason: Sealed<DecisionReason>
    let command: CommandID
    let time: Instant

    /// A member who turns out to be too young shows nothing from then on (P-06.1).
    package func decide(
        given request: CorrectionRequest, _ state: Member
    ) throws(AccountRefusal) -> (request: [CorrectionEvent], member: [MemberEvent]) {
        guard case .compared(let correction, let comparison) = request else { throw .alreadyDecided }
        let decision = CorrectionEvent.decided(CorrectionDecision(isApproved: isApproved, reason: reason, at: time))
        guard isApproved else { return ([decision], []) }
        switch comparison.value.value {
        case .registerAgrees, .documentAgrees: break
        case .differs, .nothingFound, nil: throw .notAllowed
        }
        guard let account = state.active, let identity = account.identity.value.value,
            let value = correction.wish.value.value?.value
        else {
            throw .noSuchMember
        }
        let corrected = Sealed(
            identity.corrected(value), .identity, of: correction.member, createdBy: command)
        let isOldEnough = corrected.value.value?.isOldEnough(on: time.stockholmDate) == true
        let withdrawn = ConsentPurpose.allCases.filter {
            $0.isVisibility && account.consents.contains($0) && !isOldEnough
        }
        // An account without its number holds the new one, which is taken in the same append (P-16.6).
        let isOtherNumber = corrected.value.value?.number != identity.number
        let held: [MemberEvent] =
            isOtherNumber && account.duplicateSince != nil ? [.profile(.numberSet(NumberMove(.held)))] : []
        return (
            [decision], [.profile(.identityCorrected(corrected))] + held + withdrawn.map { .consent(.withdrawn($0)) }
        )
    }
}

extension Identity {
    func corrected(_ value: CorrectedValue) -> Identity {
        switch value {
        case .name(let name): Identity(name: name, number: number, correctedSex: correctedSex, username: username)
        case .sex(let sex): Identity(name: name, number: number, correctedSex: sex, username: username)
        // The sex follows from the new number.
        case .personalIdentityNumber(let number): Identity(name: name, number: number, username: username)
        }
    }
}

extension Accounts {
    package func correction(_ id: CorrectionID) throws -> CorrectionRequest { try log.state(of: StreamName(id)).state }

    /// The request whose stream contains the event at that position.
    package func correction(at position: Int) throws -> CorrectionRequest? {
        let event = try log.events(after: position - 1, limit: 1).first { $0.position == position }
        return try event?.stream.id(CorrectionKind.self).map(correction)
    }

    package func requestCorrection(
        of member: MemberID, to wish: CorrectionWish, command: CommandID
    ) async throws -> CorrectionID {
        let id = CorrectionID(createdBy: command)
        let sealed = Sealed(wish, .statement, of: member, createdBy: command)
        try await execute(command, by: .member(member)) { time in
            let (request, version) = try log.state(of: StreamName(id), as: CorrectionRequest.self)
            let correction = Correction(member: member, field: wish.value.field, wish: sealed, requestedAt: time)
            let events = try RequestCorrection(correction: correction).decide(given: request, self.member(member))
            return ([StreamAppend(StreamName(id), expected: .exactly(version), events)], ())
        }
        return id
    }

    package func compare(
        _ id: CorrectionID, _ comparison: Comparison, by actor: Actor, command: CommandID
    ) async throws {
        let member = try judged(id, actor)
        let sealed = Sealed(comparison, .statement, of: member, createdBy: command)
        try await execute(command, by: actor) { _ in
            let (request, version) = try log.state(of: StreamName(id), as: CorrectionRequest.self)
            let events = try CompareCorrection(comparison: sealed).decide(given: request)
            return ([StreamAppend(StreamName(id), expected: .exactly(version), events)], ())
        }
    }

    /// Approving changes the member in the same transaction; the previous value is erased.
    /// - Throws: `AccountRefusal.numberTaken` when the number is another member's.
    package func decide(
        _ id: CorrectionID, approve isApproved: Bool, _ reason: DecisionReason, by actor: Actor, command: CommandID
    ) async throws {
        let member = try judged(id, actor)
        let sealed = Sealed(reason, .statement, of: member, createdBy: command)
        do {
            try await execute(command, by: actor) { time in
                let (request, version) = try log.state(of: StreamName(id), as: CorrectionRequest.self)
                let (state, memberVersion) = try log.state(of: StreamName(member), as: Member.self)
                let decision = DecideCorrection(
                    isApproved: isApproved, reason: sealed, command: command, time: time)
                let decided = try decision.decide(given: request, state)
                let streams = [
                    StreamAppend(StreamName(id), expected: .exactly(version), decided.request),
                    StreamAppend(StreamName(member), expected: .exactly(memberVersion), decided.member),
                ]
                let replaced = decided.member.isEmpty ? nil : state.active?.identity
                return (streams, replaced)
            } claiming: { before in
                try numberClaims(member, before, id)
            } erasing: { before in
                [before?.subject]
            }
        } catch AppendFailure.claimTaken(.personalIdentityNumber, holder: _) {
            throw AccountRefusal.numberTaken
        }
    }

    private func numberClaims(_ member: MemberID, _ before: Sealed<Identity>?, _ id: CorrectionID) throws
        -> [ClaimChange]
    {
        guard let old = before?.value.value?.number,
            case .personalIdentityNumber(let new) = try correction(id).correction?.wish.value.value?.value, new != old
        else { return [] }
        return [.take(new.claim, Owner(member)), .release(old.claim, Owner(member))]
    }

    /// Checks that the actor may decide the request.
    /// - Returns: the member who made it.
    private func judged(_ id: CorrectionID, _ actor: Actor) throws -> MemberID {
        guard let member = try correction(id).correction?.member else { throw AccountRefusal.alreadyDecided }
        try requireAdministrator(member, actor)
        if let judge = actor.member, try concerned(byCorrection: id).contains(judge) { throw AccountRefusal.ownMatter }
        return member
    }
}
