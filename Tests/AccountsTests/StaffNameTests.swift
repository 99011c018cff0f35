import Testing
import Testkit

@testable import Accounts
@testable import Events

@Suite struct `The name of somebody of the staff` {
    static let numbers = ["800222-2399", "19610527-3269", "19880917-2391"]

    /// Tries to register under a username, and to confirm it.
    func confirmation(of username: String, number: String = numbers[0], at site: AccountsSite) async throws
        -> Accounts.Confirmation
    {
        let mail = "x\(site.log.head)@example.se"
        let form = Sample.form(email: mail, username: username, number: number) { $0.password = "tolv katter på taket" }
        return try await site.confirm(try await site.signUp(form))
    }

    func rename(_ member: MemberID, to username: String, at site: AccountsSite) async throws {
        try await site.accounts.changeUsername(
            of: member, to: Username(username), command: CommandID(at: site.clock.now))
    }

    /// Moa, who is a moderator.
    func moderator(at site: AccountsSite) async throws -> MemberID {
        let moa = try await site.member()
        try await site.accounts.grantRole(.moderator, to: moa, by: .operator, command: site.command("moa"))
        return moa
    }

    @Test(arguments: ["mōa", "m0a", "rnoa", "mo.a", "m-o-a", "M.O.A", "möa"])
    func `is taken, and whatever looks like it, at sign-up and by renaming`(username: String) async throws {
        try await AccountsSite.with { site in
            let moa = try await moderator(at: site)
            #expect(try await confirmation(of: username, at: site) == .usernameTaken)
            #expect(try site.accounts.isStaffName(Username(username)))
            let nils = try await site.member(Sample.nils)
            await #expect(throws: AccountRefusal.usernameTaken) { try await rename(nils, to: username, at: site) }
            // The holder may respell her own name.
            try await rename(moa, to: username, at: site)
        }
    }

    @Test func `of a member without a role leaves those who look like it alone`() async throws {
        try await AccountsSite.with { site in
            _ = try await site.member()
            #expect(try await confirmation(of: "möa", at: site) == .confirmed)
        }
    }

    @Test func `that was given up stays taken for a year, but not for her`() async throws {
        try await AccountsSite.with { site in
            let moa = try await moderator(at: site)
            let nils = try await site.member(Sample.nils)
            try await rename(moa, to: "moa-lina", at: site)
            for name in ["moa", "mōa", "moalina"] {
                await #expect(throws: AccountRefusal.usernameTaken) { try await rename(nils, to: name, at: site) }
            }
            try await rename(moa, to: "moa", at: site)
            try await rename(moa, to: "moa-lina", at: site)
            site.clock.advance(by: Period("P364D")!)
            await #expect(throws: AccountRefusal.usernameTaken) { try await rename(nils, to: "m0a", at: site) }
            site.clock.advance(by: .day)
            try await rename(nils, to: "m0a", at: site)
        }
    }

    @Test func `stays taken for a year after the last role was taken away`() async throws {
        try await AccountsSite.with { site in
            let moa = try await moderator(at: site)
            try await site.accounts.grantRole(.auditor, to: moa, by: .operator, command: site.command("two"))
            try await site.accounts.revokeRole(.auditor, from: moa, by: .operator, command: site.command("one"))
            #expect(try site.accounts.formerStaffNames().isEmpty, "she has a role still")
            try await site.accounts.revokeRole(.moderator, from: moa, by: .operator, command: site.command("none"))
            #expect(try await confirmation(of: "mōa", at: site) == .usernameTaken)
            site.clock.advance(by: .year)
            #expect(try await confirmation(of: "mōa", at: site) == .confirmed)
        }
    }

    @Test(.clause("P-16.3")) func `stays taken when she is erased sooner, and can be read by nobody`() async throws {
        try await AccountsSite.with { site in
            let moa = try await moderator(at: site)
            try await site.close(moa)
            site.clock.advance(by: .day)
            #expect(try await site.accounts.purge(moa, ordered: .requested, by: .operator))
            #expect(try site.contents(of: moa).allSatisfy { $0 == .erased })
            #expect(try site.log.holder(of: Username("moa").claim) == nil)
            for name in ["moa", "mōa"] { #expect(try await confirmation(of: name, at: site) == .usernameTaken) }
            let kept = try #require(try site.accounts.staffNameEvents(of: moa).first)
            #expect(!String(decoding: kept.clear.bytes, as: UTF8.self).contains("moa"))
            guard case .open(let bytes) = kept.content else { throw Unexpected() }
            #expect(!String(decoding: bytes, as: UTF8.self).contains("moa"))
            site.clock.advance(by: Period("P363D")!)
            #expect(try await confirmation(of: "m0a", at: site) == .usernameTaken)
            site.clock.advance(by: .day)
            #expect(try await confirmation(of: "moa", at: site) == .confirmed)
        }
    }

    @Test(.clause("P-16.3")) func `leaves nothing when she is erased after a year`() async throws {
        try await AccountsSite.with { site in
            let moa = try await moderator(at: site)
            try await site.close(moa)
            #expect(try await confirmation(of: "mōa", at: site) == .usernameTaken)
            try await site.clock.advance(by: .year, reminding: [moa], by: site.accounts)
            #expect(try await site.accounts.purge(moa))
            for (name, _) in try site.accounts.formerStaffNames() {
                #expect(try await site.accounts.forgetStaffName(name.subject))
            }
            #expect(try site.accounts.staffNameEvents(of: moa).map(\.content) == [.erased])
            #expect(try await confirmation(of: "moa", at: site) == .confirmed)
        }
    }

    @Test(.clause("P-16.5")) func `is forgotten, key and all, when its time is out`() async throws {
        try await AccountsSite.with { site in
            let moa = try await moderator(at: site)
            try await rename(moa, to: "lina", at: site)
            let name = try #require(try site.accounts.formerStaffNames().first?.name)
            site.clock.advance(by: Period("P364D")!)
            #expect(try await !site.accounts.forgetStaffName(name.subject))
            site.clock.advance(by: .day)
            #expect(try await site.accounts.forgetStaffName(name.subject))
            #expect(try await !site.accounts.forgetStaffName(name.subject))
            #expect(try site.accounts.formerStaffNames().isEmpty)
            #expect(try site.accounts.staffNameEvents(of: moa).map(\.content) == [.erased])
        }
    }

    @Test func `and one that looks like it, taken at the same moment as the role is given: never both unknowingly`()
        async throws
    {
        try await AccountsSite.with { site in
            let (moa, nils) = (try await site.member(), try await site.member(Sample.nils))
            for round in 0..<10 {
                let free = "nils\(String(repeating: "n", count: round))"
                async let granted: Void = site.accounts.grantRole(
                    .moderator, to: moa, by: .operator, command: site.command("grant \(round)"))
                async let refusal = site.refusal {
                    try await site.accounts.changeUsername(
                        of: nils, to: Username("mōa"), command: site.command("rename \(round)"))
                }
                let taken = try await refusal
                try await granted
                // The later of the two saw the earlier one: the name was taken before the grant, or not at all.
                let grant = try #require(try site.log.events(in: Staff.stream).last).position
                let renamed = try #require(try site.log.events(in: StreamName(nils)).last).position
                #expect(taken == .usernameTaken || (taken == nil && renamed < grant))
                try await site.accounts.revokeRole(
                    .moderator, from: moa, by: .operator, command: site.command("revoke \(round)"))
                site.clock.advance(by: .year)
                try await site.accounts.changeUsername(
                    of: nils, to: Username(free + "x"), command: site.command("back \(round)"))
            }
        }
    }

    @Test func `is found among other members' names`() {
        let lookalikes = Lookalikes(of: "astrid")
        #expect(["astrld", "Ästrid", "a5trid"].allSatisfy(lookalikes.contain))
        #expect(!lookalikes.contain("ingrid"))
    }
}
