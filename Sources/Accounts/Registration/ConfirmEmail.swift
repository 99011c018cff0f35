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

    /// - Parameter number: whether the account is to hold its number. The account is like any other without it (P-16.6).
    package func decide(
        given state: Member, number: NumberStanding, policies: PolicyCalendar
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = try unconfirmed(state, policies) else { return [] }
        guard let username, username.text != account.identity.value.value?.username.text else {
            return [.registration(.confirmed(number))]
        }
        let changed = Sealed(.known(username), under: account.identity.subject, of: account.identity.owner)
        return [.profile(.usernameChanged(changed)), .registration(.confirmed(number))]
    }

    /// The claims to take, in the order in which a conflict is reported. The address comes first: the reader of a taken mailbox learns
    /// nothing new. The number comes last, so that a taken username is asked about whether or not the number is taken.
    func claims(given state: Member, number: NumberStanding = .held) -> [Claim] {
        guard let identity = state.account?.identity.value.value, let email = state.account?.email?.value.value else {
            return []
        }
        let names = [email.claim, (username ?? identity.username).claim]
        switch number {
        case .held: return names + [identity.number.claim]
        case .anothers: return names
        }
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
        /// The person is a member. Whether the account holds its number shows neither here nor in how long this took.
        case confirmed
        case emailTaken
        case usernameTaken
    }

    /// Atomic: of concurrent sign-ups with the same e-mail, one becomes a member; of those with the same number, one holds it.
    ///
    /// Does the same work whether or not the number is taken (P-16.6); called within `takingUniformTime`.
    /// - Throws: `AccountRefusal.linkExpired` for a link that is too old, unknown, or of an erased sign-up.
    package func confirm(
        _ member: MemberID, linkMadeAt: Instant, username: Username? = nil, command: CommandID
    ) async throws -> Confirmation {
        // The number was taken between looking and appending: at most once, unless its holder is erased before the next attempt.
        var attempts = 0
        while true {
            do {
                try await append({ ConfirmEmail(member, linkMadeAt: linkMadeAt, username: username, at: $0) }, command)
                return .confirmed
            } catch AppendFailure.claimTaken(.email, holder: _) {
                return .emailTaken
            } catch AppendFailure.claimTaken(.username, holder: _), AccountRefusal.usernameTaken {
                return .usernameTaken
            } catch AppendFailure.claimTaken(.personalIdentityNumber, holder: _) where attempts < 8 {
                attempts += 1
            } catch AccountRefusal.noSuchMember {
                throw AccountRefusal.linkExpired
            }
        }
    }

    private func append(_ confirm: (Instant) -> ConfirmEmail, _ command: CommandID) async throws {
        let policies = try policies()
        try await execute(
            command, by: .visitor,
            { time in
                let confirm = confirm(time)
                let (state, version) = try log.state(of: StreamName(confirm.member), as: Member.self)
                let holder = try holderOfNumber(of: state)
                let number: NumberStanding = [nil, confirm.member].contains(holder) ? .held : .anothers
                let events = try confirm.decide(given: state, number: number, policies: policies)
                guard !events.isEmpty else { return ([], [ClaimChange]()) }
                let own = StreamAppend(StreamName(confirm.member), expected: .exactly(version), events)
                let names = try taking(confirm.username, of: state, confirm.member, at: time)
                let notice = try number == .anothers ? notice(to: holder, at: time, policies) : []
                let claims = confirm.claims(given: state, number: number).map {
                    ClaimChange.take($0, Owner(confirm.member))
                }
                return ([own] + names + notice, claims)
            },
            claiming: { $0 })
    }

    private func holderOfNumber(of state: Member) throws -> MemberID? {
        guard let number = state.account?.identity.value.value?.number else { return nil }
        return try log.holder(of: number.claim)?.id(MemberKind.self)
    }

    /// The event that tells the holder of a number that it was used; none within a week of the last one.
    private func notice(
        to holder: MemberID?, at time: Instant, _ policies: PolicyCalendar
    ) throws -> [StreamAppend] {
        guard let holder else { return [] }
        let (state, version) = try log.state(of: StreamName(holder), as: Member.self)
        let events = NotifyHolder(time: time).decide(given: state, policies: policies)
        return events.isEmpty ? [] : [StreamAppend(StreamName(holder), expected: .exactly(version), events)]
    }

    /// Requires that the sign-up's username, or its replacement, is not reserved for staff by now.
    /// - Returns: the streams that must not change until the name is taken.
    func taking(
        _ username: Username? = nil, of state: Member, _ member: MemberID, at time: Instant
    ) throws -> [StreamAppend] {
        guard let account = state.account, let name = username ?? account.identity.value.value?.username else {
            return []
        }
        // A conflict over the address is reported first.
        if let email = account.email?.value.value, try ![nil, Owner(member)].contains(log.holder(of: email.claim)) {
            return []
        }
        return try requireNoStaffName(name, for: member, at: time).appends()
    }
}

/// Records that another person has registered with the number that a member holds, at most once a week. A mail to her follows.
package struct NotifyHolder: Sendable {
    /// Counted per holder, however many sign-ups there are.
    package static let pause = Period(days: 7)

    let time: Instant

    package func decide(given holder: Member, policies: PolicyCalendar) -> [MemberEvent] {
        switch holder {
        case .active, .deactivated: break
        case .closed(_, let closing): guard closing.isRestorable(judgedAt: time, policies) else { return [] }
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: return []
        }
        if let noticed = holder.account?.numberUsedAt, time < noticed.adding(NotifyHolder.pause) { return [] }
        return [.profile(.numberUsed)]
    }
}
