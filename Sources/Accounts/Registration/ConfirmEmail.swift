package import Events

/// Confirms a sign-up by the link in the mail: from here on the member exists and holds her claims (P-06.1).
package struct ConfirmEmail: Sendable {
    package let member: MemberID
    /// When the link was made.
    package let linkMadeAt: Instant
    /// Replaces the username in the form, when that has been taken since.
    package let username: Username?
    package let time: Instant

    package init(_ member: MemberID, linkMadeAt: Instant, username: Username? = nil, at time: Instant) {
        self.member = member
        self.linkMadeAt = linkMadeAt
        self.username = username
        self.time = time
    }

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = try unconfirmed(state, policies) else { return [] }
        guard let username, username.text != account.identity.value.value?.username.text else {
            return [.registration(.confirmed)]
        }
        let changed = Sealed(.known(username), under: account.identity.subject, of: account.identity.owner)
        return [.profile(.usernameChanged(changed)), .registration(.confirmed)]
    }

    /// Decides when the personal identity number belongs to another member: the sign-up needs a review (P-16.6).
    package func decideWithNumberTaken(
        given state: Member, policies: PolicyCalendar
    ) throws(AccountRefusal) -> [MemberEvent] {
        try unconfirmed(state, policies) == nil ? [] : [.registration(.reviewRequested(.numberTaken))]
    }

    /// The claims to take, in the order in which a conflict is reported. The address comes first: the reader of a taken mailbox learns
    /// nothing new. The number comes before the username, so that a taken number is found before another username is asked for.
    func claims(given state: Member) -> [Claim] {
        guard let identity = state.account?.identity.value.value, let email = state.account?.email?.value.value else {
            return []
        }
        return [email.claim, identity.number.claim, (username ?? identity.username).claim]
    }

    /// Nil when the link has been followed before.
    private func unconfirmed(_ state: Member, _ policies: PolicyCalendar) throws(AccountRefusal) -> Account? {
        switch state {
        case .active, .awaitingReview, .rejected: return nil
        case .nobody, .lapsed, .deactivated, .closed, .purged: throw .linkExpired
        case .unconfirmed(let account):
            let link = policies.deadline(from: linkMadeAt, judgedAt: time, \.confirmationLink)
            let signUp = policies.deadline(from: account.signedUpAt, judgedAt: time, \.unconfirmedSignUp)
            guard let link, time < link, let signUp, time < signUp, case .known = account.identity.value else {
                throw .linkExpired
            }
            return account
        }
    }
}

extension Accounts {
    /// The result of following the link.
    package enum Confirmation: Hashable, Sendable {
        case confirmed
        /// A review is needed. `numberHolder`, when present, is to be notified once, at the registered address.
        case awaitingReview(numberHolder: MemberID?)
        case emailTaken
        case usernameTaken
    }

    /// Atomic: of two concurrent sign-ups with the same e-mail or number, one becomes a member.
    /// - Throws: `AccountRefusal.linkExpired` for a link that is too old, unknown, or of an erased sign-up.
    package func confirm(
        _ member: MemberID, linkMadeAt: Instant, username: Username? = nil, command: CommandID
    ) async throws -> Confirmation {
        let policies = try policies()
        let confirm = { (time: Instant) in ConfirmEmail(member, linkMadeAt: linkMadeAt, username: username, at: time) }
        do {
            let state = try await execute(
                command, by: .visitor,
                { time in
                    let (state, version) = try log.state(of: StreamName(member), as: Member.self)
                    let events = try confirm(time).decide(given: state, policies: policies)
                    guard !events.isEmpty else { return ([], state) }
                    let streams = try taking(username, of: state, member, at: time)
                    return ([StreamAppend(StreamName(member), expected: .exactly(version), events)] + streams, state)
                },
                claiming: { confirm(linkMadeAt).claims(given: $0).map { .take($0, Owner(member)) } })
            switch state {
            // A rejection is revealed by the mail only, not by the link.
            case .awaitingReview, .rejected: return .awaitingReview(numberHolder: nil)
            case .nobody, .unconfirmed, .active, .deactivated, .closed, .lapsed, .purged: return .confirmed
            }
        } catch AppendFailure.claimTaken(.email, holder: _) {
            return .emailTaken
        } catch AppendFailure.claimTaken(.username, holder: _), AccountRefusal.usernameTaken {
            return .usernameTaken
        } catch AppendFailure.claimTaken(.personalIdentityNumber, holder: let holder) {
            let outcome = try await execute(
                command, on: StreamName(member), as: Member.self, by: .visitor
            ) { state, time in
                try confirm(time).decideWithNumberTaken(given: state, policies: policies)
            }
            return .awaitingReview(numberHolder: outcome.events.isEmpty ? nil : holder.id(MemberKind.self))
        } catch AccountRefusal.noSuchMember {
            throw AccountRefusal.linkExpired
        }
    }

    /// Requires that the sign-up's username, or its replacement, is not reserved for staff by now.
    /// - Returns: the streams that must not change until the name is taken.
    func taking(
        _ username: Username? = nil, of state: Member, _ member: MemberID, at time: Instant
    ) throws -> [StreamAppend] {
        guard let name = username ?? state.account?.identity.value.value?.username else { return [] }
        // A conflict over the address or the number is reported first.
        let others = ConfirmEmail(member, linkMadeAt: time, at: time).claims(given: state).prefix(2)
        guard try !others.contains(where: { try ![nil, Owner(member)].contains(log.holder(of: $0)) }) else { return [] }
        return try requireNoStaffName(name, for: member, at: time).appends()
    }

    /// The member who holds the number of a sign-up awaiting review, to be notified (P-16.6). Used when that mail is sent later.
    package func holderOfNumber(of member: MemberID) throws -> MemberID? {
        guard let number = try self.member(member).account?.identity.value.value?.number else { return nil }
        return try log.holder(of: number.claim)?.id(MemberKind.self)
    }
}
