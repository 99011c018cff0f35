package import Events

/// Ends an account whose number is another account's: by itself after the policy's time, or sooner by an administrator (P-16.6).
///
/// It is closed with one wording whatever the reason, its names are free at once, and it is erased when the time to appeal has run out.
package struct EndDuplicate: Sendable {
    /// Whether the time of the policy is awaited.
    let isByRule: Bool
    let time: Instant

    package func isDue(given state: Member, policies: PolicyCalendar) -> Bool {
        switch state {
        case .active(let account), .deactivated(let account, _):
            isByRule ? account.isEnding(judgedAt: time, policies) : account.duplicateSince != nil
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: false
        }
    }
}

extension Account {
    /// When an account without its number ends; nil for one that holds its number.
    package func endDue(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant? {
        duplicateSince.map { policies.deadline(from: $0, judgedAt: time, \.duplicateAccount) ?? $0 }
    }

    func isEnding(judgedAt time: Instant, _ policies: PolicyCalendar) -> Bool {
        endDue(judgedAt: time, policies).map { time >= $0 } == true
    }
}

extension Accounts {
    /// Closes a duplicate whose time has run out.
    /// - Parameter marked: the texts that are erased with it although the others stay; evaluated only when it is closed.
    package func endDuplicate(_ member: MemberID, erasing marked: () async throws -> [Subject]) async throws -> Bool {
        let policies = try policies()
        let now = clock.now()
        let isDue = { EndDuplicate(isByRule: true, time: $1).isDue(given: $0, policies: policies) }
        // The last administrator is exempt: the site needs one.
        guard isDue(try self.member(member), now), try !isLastAdministrator(member) else { return false }
        return try await close(
            member, for: .duplicate, erasing: try await marked(), command: CommandID(at: now), when: isDue)
    }

    /// Closes a duplicate before its time. The reason is recorded before, as a viewing; the member gets the same mail as at the end of time.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `alreadyDecided`, `lastAdministrator`.
    package func endDuplicateNow(
        _ member: MemberID, erasing marked: [Subject], by actor: Actor, command: CommandID
    ) async throws {
        let policies = try policies()
        try mayEndDuplicate(member, by: actor)
        _ = try await close(member, for: .duplicate, erasing: marked, by: actor, command: command) {
            EndDuplicate(isByRule: false, time: $1).isDue(given: $0, policies: policies)
        }
    }

    /// Throws unless the actor may end the duplicate now: an administrator, and not the holder of the number.
    package func mayEndDuplicate(_ member: MemberID, by actor: Actor) throws {
        try requireAdministrator(member, actor)
        if let judge = actor.member, try concerned(byNumberOf: member).contains(judge) {
            throw AccountRefusal.ownMatter
        }
        let due = EndDuplicate(isByRule: false, time: clock.now())
        guard due.isDue(given: try self.member(member), policies: try policies()) else {
            throw AccountRefusal.alreadyDecided
        }
    }
}
