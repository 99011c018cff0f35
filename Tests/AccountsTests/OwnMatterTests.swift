import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-08.2")) struct `An administrator's own matter` {
    @Test func `is no role that she gives herself`() throws {
        let astrid = MemberID(rawValue: 1)
        let staff = Staff.given(.roleGranted(.administrator, astrid))
        let active = Member.given(try Sample.signedUp().1 + [.registration(.confirmed(.held))])
        for role in [Role.auditor, .moderator, .administrator] {
            #expect(throws: AccountRefusal.ownMatter) {
                try GrantRole(role, to: astrid, by: .member(astrid)).decide(given: staff, active)
            }
        }
    }

    @Test func `is neither viewed, held, closed, deactivated nor restored by herself`() async throws {
        try await AccountsSite.with { site in
            let astrid = try await site.administrator()
            let (accounts, command) = (site.accounts, site.command("own"))
            let reference = try #require(HoldReference("Polisen 1"))
            let acts: [() async throws -> Void] = [
                { try await accounts.view(astrid, for: .security, note: nil, by: astrid, command: command) },
                {
                    try await accounts.placeHold(
                        on: astrid, reference, isSecret: true, by: .member(astrid), command: command)
                },
                { try await accounts.liftHold(on: astrid, by: .member(astrid), command: command) },
                { try await accounts.restore(astrid, by: .member(astrid), command: command) },
                {
                    try await accounts.deactivate(
                        astrid, until: site.clock.now.advanced(seconds: 60), .sample, by: .member(astrid),
                        command: command)
                },
            ]
            let head = site.log.head
            for act in acts { #expect(try await site.refusal(act) == .ownMatter) }
            #expect(site.log.head == head)
        }
    }

    @Test func `is no sign-up under her own number, whichever way she decides`() async throws {
        try await AccountsSite.with { site in
            let holder = try await site.member()
            try await site.accounts.grantRole(
                .moderator, to: holder, by: .operator, command: site.command("moderator"))
            let applicant = try await site.signUp(Sample.form(email: "annan@example.se", username: "annan"))
            try await site.awaitReview(applicant)
            for verdict in [DecideReview.Verdict.approve, .reject(.withdrawn)] {
                #expect(
                    try await site.refusal {
                        _ = try await site.accounts.decideReview(
                            of: applicant, verdict, by: holder, command: site.command("\(verdict)"))
                    } == .ownMatter)
            }
        }
    }
}
