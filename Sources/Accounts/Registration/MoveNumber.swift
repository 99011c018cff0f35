package import Events

/// Moves a number to the account of its rightful owner, whose identity was proved in a case (P-16.6).
///
/// The account that held it is a duplicate from then on, and ends like any other. An account that has ended as a duplicate returns.
package struct MoveNumber: Sendable {
    let `case`: CaseID
    let time: Instant

    /// - Parameter holder: the account that holds the number now, if any.
    package func decide(
        given owner: Member, takingFrom holder: Member?, policies: PolicyCalendar
    ) throws(AccountRefusal) -> (owner: [MemberEvent], holder: [MemberEvent]) {
        let given = MemberEvent.profile(.numberSet(NumberMove(.held, in: self.case)))
        let taken = MemberEvent.profile(.numberSet(NumberMove(.anothers, in: self.case)))
        let lost = holder == nil ? [] : [taken]
        switch owner {
        case .active(let account), .deactivated(let account, _):
            return account.duplicateSince == nil ? ([], []) : ([given], lost)
        case .closed(let account, let closing):
            guard closing.cause == .duplicate, account.duplicateSince != nil else { throw .noSuchMember }
            guard closing.isRestorable(judgedAt: time, policies) else { throw .tooLateToRestore }
            return ([.closing(.restored), given], lost)
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: throw .noSuchMember
        }
    }
}

extension Accounts {
    /// - Parameter id: the case with the identification on record; the caller has read it there.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `noSuchMember`, `tooLateToRestore`, and `emailTaken` or `usernameTaken` when a name of
    ///   an account that has ended is another member's by now.
    package func moveNumber(
        to owner: MemberID, provedIn id: CaseID, by actor: Actor, command: CommandID
    ) async throws {
        try requireAdministrator(owner, actor)
        let policies = try policies()
        do {
            try await execute(command, by: actor) { time in
                let (state, version) = try log.state(of: StreamName(owner), as: Member.self)
                let holder = try holderOfNumber(of: owner).flatMap { $0 == owner ? nil : $0 }
                guard holder == nil || actor.member != holder else { throw AccountRefusal.ownMatter }
                let before = try holder.map { try log.state(of: StreamName($0), as: Member.self) }
                let events = try MoveNumber(case: id, time: time).decide(
                    given: state, takingFrom: before?.state, policies: policies)
                var streams = [StreamAppend(StreamName(owner), expected: .exactly(version), events.owner)]
                if let holder, let before {
                    streams.append(
                        StreamAppend(StreamName(holder), expected: .exactly(before.version), events.holder))
                }
                return (streams, Moved(from: holder, to: owner, state))
            } claiming: {
                $0.claims
            }
        } catch AppendFailure.claimTaken(.email, holder: _) {
            throw AccountRefusal.emailTaken
        } catch AppendFailure.claimTaken(.username, holder: _) {
            throw AccountRefusal.usernameTaken
        }
    }

    private struct Moved {
        let claims: [ClaimChange]

        /// Names that the owner's account has kept are taken once more, which changes nothing.
        init(from holder: MemberID?, to owner: MemberID, _ state: Member) {
            guard let account = state.account, let number = account.identity.value.value?.number else {
                claims = []
                return
            }
            let released = holder.map { [ClaimChange.release(number.claim, Owner($0))] } ?? []
            claims = released + (account.names + [number.claim]).map { .take($0, Owner(owner)) }
        }
    }
}
