import Events
import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-16.1")) struct `Closing an account` {
    @Test func `needs the password once more`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let refusal = try await site.refusal {
                try await site.accounts.close(
                    moa, password: EnteredPassword("fel lösenord"), texts: .anonymise, marked: [],
                    command: site.command("close"))
            }
            #expect(refusal == .wrongPassword)
            #expect(try site.accounts.member(moa).active != nil)
        }
    }

    @Test(.clause("P-16.5")) func `erases at once what nobody needs any more, and keeps the names`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member(Sample.form { $0.wantsNewsletter = true })
            guard case .signedIn(_, let session) = try await site.signIn("moa") else { throw Unexpected() }
            try await site.close(moa)
            #expect(try site.accounts.member(moa).account?.newsletter == nil)
            #expect(try site.log.events(in: StreamName(session)).first?.content == .erased)
            #expect(try await site.signIn("moa") == .refused)
            let again = try await site.signUp(command: "again")
            #expect(try await site.confirm(again) == .emailTaken)
        }
    }

    @Test func `takes the roles, but not from the last administrator`() async throws {
        try await AccountsSite.with { site in
            let astrid = try await site.administrator()
            #expect(try await site.refusal { try await site.close(astrid) } == .lastAdministrator)
            let moa = try await site.member()
            try await site.accounts.grantRole(.administrator, to: moa, by: .operator, command: site.command("moa"))
            try await site.close(astrid)
            try await site.restore(astrid)
            #expect(try site.accounts.roles(of: astrid) == [.member])
        }
    }

    @Test func `by two administrators at the same moment leaves one`() async throws {
        try await AccountsSite.with { site in
            let astrid = try await site.administrator()
            let moa = try await site.member()
            try await site.accounts.grantRole(.administrator, to: moa, by: .operator, command: site.command("moa"))
            async let first = site.refusal { try await site.close(astrid) }
            async let second = site.refusal { try await site.close(moa) }
            #expect(Set(try await [first, second]) == [nil, .lastAdministrator])
            #expect(try site.accounts.staff().members(with: .administrator).count == 1)
        }
    }

    @Test func `leaves the site to nobody who is suspended`() async throws {
        try await AccountsSite.with { site in
            let astrid = try await site.administrator()
            let moa = try await site.member()
            try await site.accounts.grantRole(.administrator, to: moa, by: .operator, command: site.command("moa"))
            try await site.accounts.deactivate(
                moa, until: site.clock.now.adding(.day), .sample, by: .member(astrid), command: site.command("out"))
            #expect(try site.accounts.isLastAdministrator(astrid))
            #expect(try await site.refusal { try await site.close(astrid) } == .lastAdministrator)
            #expect(
                try await site.refusal {
                    try await site.accounts.revokeRole(
                        .administrator, from: astrid, by: .operator, command: site.command("revoke"))
                } == .lastAdministrator)
            #expect(
                try await site.refusal {
                    try await site.accounts.deactivate(
                        astrid, until: site.clock.now.adding(.day), .sample, by: .operator,
                        command: site.command("both"))
                } == .lastAdministrator)
            site.clock.advance(by: .day)
            guard case .signedIn = try await site.signIn("moa") else { throw Unexpected() }
            try await site.close(astrid)
        }
    }

    @Test func `and being given a role at the same moment leaves nobody a role to come back to`() async throws {
        try await AccountsSite.with { site in
            let astrid = try await site.administrator()
            let moa = try await site.member()
            for round in 1...20 {
                async let closed: Void = site.accounts.closeOnRequest(
                    of: moa, erasing: [], by: .member(astrid), command: site.command("close \(round)"))
                async let granted = site.refusal {
                    try await site.accounts.grantRole(
                        .moderator, to: moa, by: .member(astrid), command: site.command("grant \(round)"))
                }
                try await closed
                #expect([nil, .noSuchMember].contains(try await granted))
                #expect(try site.accounts.staff().roles(of: moa).isEmpty)
                try await site.restore(moa)
            }
        }
    }
}

@Suite(.clause("P-16.6")) struct `Coming back to a closed account` {
    @Test(
        .clause("P-16.3"),
        arguments: [
            ("2027-03-10T12:00:00Z", "2028-03-10T11:59:59.999Z", true),
            ("2027-03-10T12:00:00Z", "2028-03-10T12:00:00Z", false),
            ("2028-02-29T08:00:00Z", "2029-02-28T07:59:59.999Z", true),
            ("2028-02-29T08:00:00Z", "2029-02-28T08:00:00Z", false),
            // Summer time ended in between: the time of day in Stockholm counts.
            ("2026-10-24T10:00:00Z", "2027-10-24T09:59:59.999Z", true),
            ("2026-10-24T10:00:00Z", "2027-10-24T10:00:00Z", false),
        ])
    func `is possible for a year, whether or not anything has been erased by then`(
        closed: String, tried: String, possible: Bool
    ) async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            site.clock.set(try #require(Instant(closed)))
            try await site.close(moa)
            site.clock.set(try #require(Instant(tried)))
            let view = try await site.refusal {
                try await site.accounts.view(moa, for: .restoring, note: nil, by: astrid, command: site.command("view"))
            }
            #expect(view == (possible ? nil : .tooLateToRestore))
            #expect(try await site.refusal { try await site.restore(moa) } == (possible ? nil : .tooLateToRestore))
            #expect((try site.accounts.member(moa).active != nil) == possible)
        }
    }

    @Test func `brings back everything but the newsletter`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member(Sample.form { $0.wantsNewsletter = true })
            try await site.close(moa)
            site.clock.advance(by: Period("P364D")!)
            try await site.restore(moa)
            let account = try #require(try site.accounts.member(moa).active)
            #expect(account.identity.value.value?.name.text == "Moa Hallin")
            #expect(account.municipality?.value.value?.code == "0380")
            #expect(account.newsletter == nil)
            guard case .signedIn = try await site.signIn("moa") else { throw Unexpected() }
        }
    }

    @Test(.clause("P-01.3")) func `needs the version in force to be accepted first`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.close(moa)
            let version = site.clock.now.stockholmDate
            try await site.publish(version.description, replacing: ["\"major\"": "\"minor\""])
            #expect(try await site.refusal { try await site.restore(moa) } == .textsNotAccepted)
            let texts = AcceptTexts(policy: version, terms: CalendarDate("2019-08-18")!, wording: Sample.wording)
            try await site.accounts.restore(moa, accepting: texts, command: site.command("restore"))
            #expect(try site.accounts.member(moa).active?.policy?.version == version)
            #expect(try !site.accounts.mustAcceptTexts(moa))
        }
    }

    @Test(.clause("P-01.3")) func `by an administrator leaves the accepting to the member`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            try await site.close(moa)
            let version = site.clock.now.stockholmDate
            try await site.publish(version.description, replacing: ["\"major\"": "\"minor\""])
            try await site.accounts.restore(moa, by: .member(astrid), command: site.command("restore"))
            #expect(try site.accounts.mustAcceptTexts(moa))
            #expect(try !site.accounts.mustAcceptTexts(astrid))
        }
    }

    @Test(.clause("P-16.4")) func `after a breach is for administrators to decide, never about themselves`()
        async throws
    {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            try await site.accounts.closeForBreach(
                moa, .sample, erasing: [], by: .member(astrid), command: site.command("breach"))
            #expect(try await site.refusal { try await site.restore(moa) } == .notByOneself)
            await #expect(throws: AccountRefusal.ownMatter) {
                try await site.accounts.closeForBreach(
                    astrid, .sample, erasing: [], by: .member(astrid), command: site.command("own"))
            }
            try await site.accounts.restore(moa, by: .member(astrid), command: site.command("restore"))
            #expect(try site.accounts.member(moa).active != nil)
        }
    }
}
