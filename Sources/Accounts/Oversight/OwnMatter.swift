package import Events

/// The members whom decisions about accounts concern; staff do not decide in their own matter (P-08.2).
extension Accounts {
    /// The person who signed up, and the member who holds the personal identity number that was given.
    package func concerned(byReviewOf member: MemberID) throws -> Set<MemberID> {
        Set([member, try holderOfNumber(of: member)].compactMap(\.self))
    }

    /// The member who asks for it, and the holder of the number that is asked for; empty when there is no such request.
    package func concerned(byCorrection id: CorrectionID) throws -> Set<MemberID> {
        guard let correction = try correction(id).correction else { return [] }
        guard case .personalIdentityNumber(let number) = correction.wish.value.value?.value else {
            return [correction.member]
        }
        let holder = try log.holder(of: number.claim).flatMap(MemberID.init)
        return Set([correction.member, holder].compactMap(\.self))
    }

    /// The member, and while an appeal waits, who made the decision: somebody else judges it.
    package func concerned(byDecisionAbout member: MemberID) throws -> Set<MemberID> {
        Set([member, try overruled(about: member, given: self.member(member))].compactMap(\.self))
    }

    /// Administrators decide about others' accounts, never about their own.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`.
    func requireAdministrator(_ member: MemberID, _ actor: Actor) throws {
        guard try staff().mayAdminister(actor) else { throw AccountRefusal.notAllowed }
        guard actor != .member(member) else { throw AccountRefusal.ownMatter }
    }

    /// Administrators suspend everybody but themselves; moderators those without a role, for a limited time (P-16.4).
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`.
    func maySuspend(_ member: MemberID, until end: Instant, given staff: Staff, at time: Instant, _ actor: Actor) throws
    {
        guard actor != .member(member) else { throw AccountRefusal.ownMatter }
        if staff.mayAdminister(actor) { return }
        guard let moderator = actor.member, staff.roles(of: moderator).contains(.moderator),
            staff.roles(of: member).isEmpty, end <= time.adding(Accounts.longestSuspensionByModerator)
        else { throw AccountRefusal.notAllowed }
    }

    /// A longer suspension, and closing an account, are for administrators.
    package static let longestSuspensionByModerator = Period(days: 30)

    /// Asked when an appeal is rejected, and when an account is restored, which is giving way.
    /// - Throws: `AccountRefusal.ownMatter`.
    func requireOthersDecision(about member: MemberID, given state: Member, than actor: Actor) throws {
        guard let judge = actor.member, try overruled(about: member, given: state) == judge else { return }
        throw AccountRefusal.ownMatter
    }

    /// Whose decision an appeal that waits is against; nil when none waits, or no member made it.
    private func overruled(about member: MemberID, given state: Member) throws -> MemberID? {
        guard case .made = state.appeal else { return nil }
        return try lastDecision(about: member)?.actor.member
    }
}
