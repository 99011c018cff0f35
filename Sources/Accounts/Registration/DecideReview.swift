package import Events

/// Approves a sign-up that awaits review, or turns it down; such sign-ups are found in older logs only (P-16.6).
package struct DecideReview: Sendable {
    package enum Verdict: Hashable, Sendable {
        case approve
        case reject(RejectionReason)
    }

    package let verdict: Verdict
    package let reviewer: MemberID
    package let time: Instant

    package init(_ verdict: Verdict, by reviewer: MemberID, at time: Instant) {
        self.verdict = verdict
        self.reviewer = reviewer
        self.time = time
    }

    package func decide(
        given state: Member, staff: Staff, policies: PolicyCalendar
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard staff.reviewer(reviewer) != nil else { throw .notAllowed }
        switch (state, verdict) {
        case (.active, .approve), (.rejected, .reject): return []
        case (_, .approve):
            _ = try state.underReview(at: time, policies)
            return [.registration(.reviewApproved), .registration(.confirmed(.held))]
        case (_, .reject(let reason)):
            _ = try state.underReview(at: time, policies)
            return [.registration(.reviewRejected(reason))]
        }
    }
}

extension Member {
    /// The account that awaits review; refused once its time has run out, whether or not it is erased yet.
    fileprivate func underReview(at time: Instant, _ policies: PolicyCalendar) throws(AccountRefusal) -> Account {
        guard case .awaitingReview(let account, _, let since) = self,
            let deadline = policies.deadline(from: since, judgedAt: time, \.pendingRegistration), time < deadline,
            case .known = account.identity.value
        else { throw .noSuchReview }
        return account
    }
}

extension Accounts {
    /// The result of a decision. An approval takes e-mail, number and username, each of which may be taken already.
    package enum ReviewOutcome: Hashable, Sendable {
        case decided
        case numberTaken, emailTaken, usernameTaken
    }

    /// - Throws: `AccountRefusal.notAllowed`, `.ownMatter`, `.noSuchReview`.
    package func decideReview(
        of member: MemberID, _ verdict: DecideReview.Verdict, by reviewer: MemberID, command: CommandID
    ) async throws -> ReviewOutcome {
        let (staff, policies) = (try staff(), try policies())
        do {
            try await execute(
                command, by: .member(reviewer),
                { time in
                    guard try !concerned(byReviewOf: member).contains(reviewer) else { throw AccountRefusal.ownMatter }
                    let (state, version) = try log.state(of: StreamName(member), as: Member.self)
                    let events = try DecideReview(verdict, by: reviewer, at: time).decide(
                        given: state, staff: staff, policies: policies)
                    let names = try verdict == .approve ? taking(of: state, member, at: time) : []
                    return ([StreamAppend(StreamName(member), expected: .exactly(version), events)] + names, state)
                },
                claiming: { verdict == .approve ? namesToTake(member, given: $0) : [] })
            return .decided
        } catch AppendFailure.claimTaken(.personalIdentityNumber, holder: _) {
            return .numberTaken
        } catch AppendFailure.claimTaken(.email, holder: _) {
            return .emailTaken
        } catch AppendFailure.claimTaken(.username, holder: _), AccountRefusal.usernameTaken {
            return .usernameTaken
        }
    }

    private func namesToTake(_ member: MemberID, given state: Member) -> [ClaimChange] {
        let now = clock.now()
        return ConfirmEmail(member, linkMadeAt: now, at: now).claims(given: state).map { .take($0, Owner(member)) }
    }
}
