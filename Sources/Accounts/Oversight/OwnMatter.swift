package import Events

/// The members concerned by decisions about accounts; staff do not decide in their own matter (P-08.2).
extension Accounts {
    /// The person who signed up, and the member who holds the personal identity number she gave.
    package func concerned(byReviewOf member: MemberID) throws -> Set<MemberID> {
        Set([member, try holderOfNumber(of: member)].compactMap(\.self))
    }

    /// The owner of an account, and the member who holds its number if the account does not.
    package func concerned(byNumberOf member: MemberID) throws -> Set<MemberID> {
        try concerned(byReviewOf: member)
    }

    /// The member who made the request, and the holder of the requested number; empty when there is no such request.
    package func concerned(byCorrection id: CorrectionID) throws -> Set<MemberID> {
        guard let correction = try correction(id).correction else { return [] }
        guard case .personalIdentityNumber(let number) = correction.wish.value.value?.value else {
            return [correction.member]
        }
        let holder = try log.holder(of: number.claim)?.id(MemberKind.self)
        return Set([correction.member, holder].compactMap(\.self))
    }

    /// The member, and the author of the decision while an appeal is pending, since another administrator must judge it.
    package func concerned(byDecisionAbout member: MemberID) throws -> Set<MemberID> {
        Set([member, try overruled(about: member, given: self.member(member))].compactMap(\.self))
    }

    /// Administrators decide about others' accounts, never about their own.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`.
    func requireAdministrator(_ member: MemberID, _ actor: Actor) throws {
        guard try staff().mayAdminister(actor) else { throw AccountRefusal.notAllowed }
        guard actor != .member(member) else { throw AccountRefusal.ownMatter }
    }

    /// Administrators suspend all members but themselves; moderators those without a role, for a limited time (P-16.4).
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`.
    func maySuspend(_ member: MemberID, until end: Instant, given staff: Staff, at time: Instant, _ actor: Actor) throws
    {
        guard actor != .member(member) else { throw AccountRefusal.ownMatter }
        if staff.mayAdminister(actor) { return }
        guard let moderator = actor.member, staff.roles(of: moderator).contains(.moderator),
            staff.roles(of: member).isEmpty, end <= time.adding(Accounts.longestSuspensionByModerator)
        else { throw AccountRefusal.notAllowed }
    }

    /// Only administrators suspend for longer or close an account.
    package static let longestSuspensionByModerator = Period(days: 30)

    /// Throws when the actor made the decision that a pending appeal is against. Called when an appeal is rejected, and when an account is
    /// restored, which grants it.
    /// - Throws: `AccountRefusal.ownMatter`.
    func requireOthersDecision(about member: MemberID, given state: Member, than actor: Actor) throws {
        guard let judge = actor.member, try overruled(about: member, given: state) == judge else { return }
        throw AccountRefusal.ownMatter
    }

    /// The member whose decision a pending appeal is against; nil when none is pending, or no member made it.
    private func overruled(about member: MemberID, given state: Member) throws -> MemberID? {
        guard case .made = state.appeal else { return nil }
        return try lastDecision(about: member)?.actor.member
    }
}
