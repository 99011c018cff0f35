import Events
import Testing
import Testkit

@testable import Accounts

@Suite struct `Roles` {
    let astrid = MemberID(rawValue: 1)
    let moa = MemberID(rawValue: 2)

    func active() throws -> Member { .given(try Sample.signedUp().1 + [.registration(.confirmed(.held))]) }

    @Test func `are granted and revoked by administrators and the operator, nobody else`() throws {
        let staff = Staff.given(.roleGranted(.administrator, astrid))
        for actor in [Actor.operator, .system, .member(astrid)] {
            #expect(
                try GrantRole(.moderator, to: moa, by: actor).decide(given: staff, active()) == [
                    .roleGranted(.moderator, moa)
                ])
        }
        for actor in [Actor.visitor, .member(moa)] {
            #expect(throws: AccountRefusal.notAllowed) {
                try GrantRole(.administrator, to: moa, by: actor).decide(given: staff, active())
            }
            #expect(throws: AccountRefusal.notAllowed) {
                try RevokeRole(.administrator, from: astrid, by: actor).decide(given: staff)
            }
        }
    }

    @Test func `are for members only`() throws {
        let unconfirmed = Member.given(try Sample.signedUp().1)
        #expect(throws: AccountRefusal.noSuchMember) {
            try GrantRole(.auditor, to: moa, by: .operator).decide(given: .initial, unconfirmed)
        }
    }

    @Test func `are granted once`() throws {
        let staff = Staff.given(.roleGranted(.auditor, moa))
        #expect(try GrantRole(.auditor, to: moa, by: .operator).decide(given: staff, active()).isEmpty)
        #expect(try GrantRole(.member, to: moa, by: .operator).decide(given: staff, active()).isEmpty)
        #expect(try RevokeRole(.moderator, from: moa, by: .operator).decide(given: staff).isEmpty)
    }

    @Test(.clause("P-16.1")) func `leave at least one administrator`() throws {
        let one = Staff.given(.roleGranted(.administrator, astrid))
        #expect(throws: AccountRefusal.lastAdministrator) {
            try RevokeRole(.administrator, from: astrid, by: .member(astrid)).decide(given: one)
        }
        let two = Staff.given(.roleGranted(.administrator, astrid), .roleGranted(.administrator, moa))
        #expect(
            try RevokeRole(.administrator, from: astrid, by: .member(astrid)).decide(given: two) == [
                .roleRevoked(.administrator, astrid)
            ])
        let again = Staff.given(
            .roleGranted(.administrator, astrid), .roleGranted(.administrator, moa), .roleRevoked(.administrator, moa))
        #expect(again.members(with: .administrator) == [astrid])
    }
}

@Suite(.clause("P-01.1")) struct `A consent` {
    func answer(_ purpose: ConsentPurpose, _ isYes: Bool, _ member: Member) throws(AccountRefusal) -> [MemberEvent] {
        try AnswerConsent(purpose, isYes: isYes, wording: Sample.wording)
            .decide(given: member, today: Sample.today)
    }

    let active = { () throws in Member.given(try Sample.signedUp().1 + [.registration(.confirmed(.held))]) }

    @Test(.clause("P-07.2")) func `is withdrawn as easily as it is given`() throws {
        let yes = try answer(.registerLookup, true, active())
        #expect(yes == [.consent(.given(.registerLookup, form: Sample.wording))])
        var member = try active()
        member.evolve(yes)
        #expect(try answer(.registerLookup, true, member).isEmpty)
        let no = try answer(.registerLookup, false, member)
        #expect(no == [.consent(.withdrawn(.registerLookup))])
        member.evolve(no)
        #expect(member.active?.consents.isEmpty == true)
    }

    @Test(.clause("P-06.1")) func `to show something is not given by a member of an old log who is too young`() throws {
        let member = Member.given(
            try Sample.signedUp().1 + [.registration(.confirmed(.held)), .profile(.identityCorrected(Sample.young))])
        for purpose in ConsentPurpose.allCases.filter(\.isVisibility) {
            #expect(throws: AccountRefusal.tooYoung(minimumAge: 18)) { try answer(purpose, true, member) }
        }
        #expect(try answer(.registerLookup, true, member) != [])
    }

    @Test(.clause("P-07.1")) func `is not given while the identity is protected, and all are withdrawn with it`() throws
    {
        var member = try active()
        member.evolve(try answer(.visibleName, true, member))
        let events = try SetIdentityProtection(
            protection: .protected, member: MemberID(rawValue: 1), command: Sample.command()
        )
        .decide(given: member)
        #expect(events.first == .consent(.withdrawn(.visibleName)))
        member.evolve(events)
        #expect(member.account?.municipality == nil)
        #expect(throws: AccountRefusal.protectedIdentity) { try answer(.visibleName, true, member) }
    }

    @Test func `is asked of members only`() throws {
        let unconfirmed = Member.given(try Sample.signedUp().1)
        #expect(throws: AccountRefusal.noSuchMember) {
            try answer(.registerLookup, true, unconfirmed)
        }
        #expect(throws: AccountRefusal.noSuchMember) {
            try AnswerNewsletter(isYes: true, wording: Sample.wording).decide(given: unconfirmed)
        }
    }

    @Test(.clause("P-15.2")) func `to the newsletter is an answer that can be changed`() throws {
        #expect(try AnswerNewsletter(isYes: false, wording: Sample.wording).decide(given: active()).isEmpty)
        #expect(
            try AnswerNewsletter(isYes: true, wording: Sample.wording).decide(given: active()) == [
                .consent(.newsletterAnswered(NewsletterAnswer(isYes: true, form: Sample.wording)))
            ])
    }
}

@Suite(.clause("P-12.1")) struct `Setting another password` {
    let member = MemberID(rawValue: 1)
    let hash = Sample.hash("ny båt i motvind")

    func set(_ proof: SetPassword.Proof, after period: String = "PT0S", given more: [MemberEvent]) throws
        -> [MemberEvent]
    {
        try set(proof, after: period, given: more.at(Sample.now))
    }

    func set(
        _ proof: SetPassword.Proof, after period: String = "PT0S", given more: [(event: MemberEvent, time: Instant)]
    ) throws -> [MemberEvent] {
        let command = SetPassword(
            member: member, hash: hash, proof: proof, command: Sample.command("set"),
            time: Sample.now.adding(try #require(Period(period))))
        return try command.decide(
            given: .given(try Sample.signedUp().1.at(Sample.now) + more), policies: try Sample.policies())
    }

    let confirmed = MemberEvent.registration(.confirmed(.held))
    let requested = MemberEvent.password(.resetRequested)

    @Test func `takes the old one`() throws {
        #expect(try set(.oldPassword(Sample.quickHash), given: [confirmed]).map(\.wireName) == ["password-set"])
        #expect(throws: AccountRefusal.wrongPassword) { try set(.oldPassword(hash), given: [confirmed]) }
    }

    @Test func `by link works for two hours, once`() throws {
        let events = try set(.link(requestedAt: nil), after: "PT1H59M", given: [confirmed, requested])
        #expect(events.map(\.wireName) == ["password-set"])
        #expect(throws: AccountRefusal.linkExpired) {
            try set(.link(requestedAt: nil), after: "PT2H", given: [confirmed, requested])
        }
        #expect(throws: AccountRefusal.linkExpired) {
            try set(.link(requestedAt: nil), given: [confirmed, requested] + events)
        }
        #expect(throws: AccountRefusal.linkExpired) { try set(.link(requestedAt: nil), given: [confirmed]) }
    }

    @Test func `by a link works for each request by itself, whatever was asked for later`() throws {
        let later = [requested].at(Sample.now.adding(try #require(Period("PT1H"))))
        let both = [confirmed, requested].at(Sample.now) + later
        #expect(try !set(.link(requestedAt: Sample.now), after: "PT1H59M", given: both).isEmpty)
        #expect(throws: AccountRefusal.linkExpired) {
            try set(.link(requestedAt: Sample.now), after: "PT2H", given: both)
        }
        let second = SetPassword.Proof.link(requestedAt: Sample.now.adding(try #require(Period("PT1H"))))
        #expect(try !set(second, after: "PT2H59M", given: both).isEmpty)
    }

    @Test func `by a link from before is void after a report, a new password, or another address`() throws {
        let hour = Sample.now.adding(try #require(Period("PT1H")))
        let email = Sealed(try EmailAddress("ny@example.se"), .email, of: member, createdBy: Sample.command("email"))
        let voiding: [[MemberEvent]] = [
            [.password(.compromiseReported)],
            [.password(.set(Sealed(hash, .credential, of: member, createdBy: Sample.command("p")), .changed))],
            [.email(.changeRequested(email)), .email(.changed)],
            [.email(.changeUndone)],
        ]
        for events in voiding {
            let later = [requested].at(hour.advanced(seconds: 60))
            #expect(throws: AccountRefusal.linkExpired) {
                try set(
                    .link(requestedAt: Sample.now), after: "PT1H10M",
                    given: [confirmed, requested].at(Sample.now) + events.at(hour) + later)
            }
        }
        let rehashed = MemberEvent.password(
            .set(Sealed(hash, .credential, of: member, createdBy: Sample.command("p")), .rehashed))
        #expect(
            try !set(.link(requestedAt: Sample.now), after: "PT1H", given: [confirmed, requested, rehashed]).isEmpty)
    }

    @Test func `by link is for members only`() throws {
        #expect(
            RequestPasswordReset(time: Sample.now).decide(
                given: .given(try Sample.signedUp().1), policies: try Sample.policies()
            ).isEmpty)
        #expect(throws: AccountRefusal.linkExpired) { try set(.link(requestedAt: nil), given: [requested]) }
    }
}
