import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-16.6")) struct `Deciding about a sign-up that awaits a review` {
    private static let moderator = MemberID(rawValue: 1)
    private static let administrator = MemberID(rawValue: 2)
    private static let auditor = MemberID(rawValue: 3)
    private static let staff = Staff.given(
        .roleGranted(.moderator, moderator), .roleGranted(.moderator, administrator),
        .roleGranted(.administrator, administrator), .roleGranted(.auditor, auditor))

    /// A member awaiting review; `more` happens a day later.
    private func waiting(_ more: MemberEvent...) throws -> Member {
        let before = try Sample.signedUp().1 + [.registration(.reviewRequested(.numberTaken))]
        return .given(before.at(Sample.now) + more.at(tomorrow))
    }

    private func decide(
        _ verdict: DecideReview.Verdict, by reviewer: MemberID = moderator, given state: Member? = nil,
        after period: String = "P1D"
    ) throws -> [MemberEvent] {
        try DecideReview(verdict, by: reviewer, at: Sample.now.adding(try #require(Period(period)))).decide(
            given: try state ?? waiting(), staff: Self.staff, policies: Sample.policies())
    }

    private let tomorrow = Sample.now.advanced(seconds: 86_400)

    @Test func `approving makes a member`() throws {
        let events = try decide(.approve)
        #expect(events == [.registration(.reviewApproved), .registration(.confirmed(.held))])
        #expect(Member.given(try Sample.signedUp().1 + events, at: tomorrow).active?.confirmedAt == tomorrow)
    }

    @Test func `rejecting keeps a reason for the staff, and nobody becomes a member`() throws {
        let events = try decide(.reject(.numberNotProved))
        #expect(events == [.registration(.reviewRejected(.numberNotProved))])
        let state = Member.given(try Sample.signedUp().1 + events, at: tomorrow)
        #expect(state.active == nil)
        guard case .rejected(_, since: tomorrow) = state else { throw Unexpected() }
    }

    @Test func `moderators and administrators decide, nobody else`() throws {
        #expect(throws: Never.self) { try decide(.approve, by: Self.administrator) }
        for nobody in [Self.auditor, MemberID(rawValue: 9)] {
            #expect(throws: AccountRefusal.notAllowed) { try decide(.approve, by: nobody) }
            #expect(throws: AccountRefusal.notAllowed) { try decide(.reject(.withdrawn), by: nobody) }
        }
    }

    @Test func `the same decision again changes nothing; another one is refused`() throws {
        let (approved, rejected) = (
            try waiting(.registration(.reviewApproved), .registration(.confirmed(.held))),
            try waiting(.registration(.reviewRejected(.withdrawn)))
        )
        #expect(try decide(.approve, given: approved).isEmpty)
        #expect(try decide(.reject(.numberNotProved), given: rejected).isEmpty)
        #expect(throws: AccountRefusal.noSuchReview) { try decide(.reject(.withdrawn), given: approved) }
        #expect(throws: AccountRefusal.noSuchReview) { try decide(.approve, given: rejected) }
    }

    @Test func `there is nothing to decide about anybody who does not wait, or has waited for 30 days`() throws {
        let (unconfirmed, lapsed) = (Member.given(try Sample.signedUp().1), try waiting(.registration(.signUpLapsed)))
        for state in [.nobody, unconfirmed, lapsed] {
            #expect(throws: AccountRefusal.noSuchReview) { try decide(.approve, given: state) }
        }
        #expect(throws: Never.self) { try decide(.approve, after: "P29DT23H") }
        #expect(throws: AccountRefusal.noSuchReview) { try decide(.approve, after: "P30D") }
        #expect(throws: AccountRefusal.noSuchReview) { try decide(.reject(.withdrawn), after: "P30D") }
    }

    @Test func `a rejected sign-up is erased a week later, when the mail has gone`() throws {
        let state = try waiting(.registration(.reviewRejected(.withdrawn)))
        func lapse(_ period: String) throws -> [MemberEvent] {
            LapseSignUp(time: tomorrow.adding(try #require(Period(period)))).decide(
                given: state, policies: try Sample.policies())
        }
        #expect(try lapse("P6DT23H").isEmpty)
        #expect(try lapse("P7D") == [.registration(.signUpLapsed)])
    }
}

@Suite(.clause("P-16.6")) struct `Approving a sign-up` {
    /// Runs `body` with a member, an applicant with the same number, and a moderator.
    private func review(_ body: (AccountsSite, MemberID, MemberID, MemberID) async throws -> Void) async throws {
        try await AccountsSite.with { site in
            let holder = try await site.member()
            let moderator = try await site.member(Sample.astrid)
            try await site.accounts.grantRole(
                .moderator, to: moderator, by: .operator, command: CommandID(at: site.clock.now))
            let applicant = try await site.signUp(Sample.form(email: "annan@example.se", username: "annan"))
            try await site.awaitReview(applicant)
            try await body(site, holder, applicant, moderator)
        }
    }

    @Test func `is not possible while the number is another member's, and changes nothing then`() async throws {
        try await review { site, _, applicant, moderator in
            let head = site.log.head
            let outcome = try await site.accounts.decideReview(
                of: applicant, .approve, by: moderator, command: site.command("approve"))
            #expect(outcome == .numberTaken)
            #expect(site.log.head == head)
            #expect(try site.accounts.member(applicant).active == nil)
        }
    }

    @Test func `takes number, address and name once the number is free`() async throws {
        try await review { site, holder, applicant, moderator in
            let number = try #require(try site.accounts.member(holder).account?.identity.value.value?.number)
            _ = try await site.log.append(
                Append(
                    command: site.command("release"), actor: .system, time: site.clock.now, streams: [],
                    claims: [.release(number.claim, Owner(holder))]))
            for _ in 1...2 {
                let outcome = try await site.accounts.decideReview(
                    of: applicant, .approve, by: moderator, command: site.command("approve"))
                #expect(outcome == .decided)
            }
            #expect(try site.accounts.member(applicant).active != nil)
            #expect(try site.log.holder(of: number.claim) == Owner(applicant))
            #expect(try site.accounts.find(Username("annan")) == applicant)
            let types = try site.types(of: StreamName(applicant)).suffix(2)
            #expect(Array(types) == ["accounts.review-approved.v1", "accounts.confirmed.v2"])
            #expect(try site.log.events(in: StreamName(applicant)).last?.actor == .member(moderator))
        }
    }

    @Test func `is not possible when the name was taken in between`() async throws {
        try await review { site, holder, applicant, moderator in
            let number = try #require(try site.accounts.member(holder).account?.identity.value.value?.number)
            _ = try await site.log.append(
                Append(
                    command: site.command("release"), actor: .system, time: site.clock.now, streams: [],
                    claims: [.release(number.claim, Owner(holder))]))
            _ = try await site.member(Sample.form(email: "c@example.se", username: "annan", number: "800222-2399"))
            let outcome = try await site.accounts.decideReview(
                of: applicant, .approve, by: moderator, command: site.command("approve"))
            #expect(outcome == .usernameTaken)
            #expect(try site.log.holder(of: number.claim) == nil)
        }
    }
}
