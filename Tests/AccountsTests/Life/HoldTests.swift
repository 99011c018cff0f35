import Testing
import Testkit

@testable import Accounts
@testable import Events

@Suite(.clause("P-10.1")) struct `A legal hold` {
    @Test(arguments: ErasingPath.all)
    func `that is placed before keeps what a command or a deadline erases, and its end erases it`(path: ErasingPath)
        async throws
    {
        let due = try await path.leftWithoutHold()
        try await path.prepared { site, _, moa in
            let before = try await site.subjects(of: moa)
            try await site.placeHold(on: moa)
            try await path.erase(site, moa)
            #expect(try await before.isSubset(of: site.subjects(of: moa)))
            #expect(try !site.log.deferredErasures().isEmpty)
            try await site.liftHold(on: moa)
            #expect(try await site.subjects(of: moa).map(\.kind.rawValue).sorted() == due)
            #expect(try site.log.deferredErasures().isEmpty)
        }
    }

    @Test(arguments: ErasingPath.all)
    func `that is placed between the decision and the append keeps it too`(path: ErasingPath) async throws {
        let due = try await path.leftWithoutHold()
        try await path.prepared { site, log, moa in
            let before = try await site.subjects(of: moa)
            try await log.race {
                try await site.placeHold(on: moa)
            } _: {
                try await path.erase(site, moa)
            }
            #expect(try await before.isSubset(of: site.subjects(of: moa)))
            try await site.liftHold(on: moa)
            #expect(try await site.subjects(of: moa).map(\.kind.rawValue).sorted() == due)
        }
    }

    @Test(arguments: ErasingPath.all)
    func `that is placed afterwards brings nothing back`(path: ErasingPath) async throws {
        let due = try await path.leftWithoutHold()
        try await path.prepared { site, _, moa in
            try await path.erase(site, moa)
            try await site.placeHold(on: moa)
            #expect(try await site.subjects(of: moa).map(\.kind.rawValue).sorted() == due)
        }
    }

    @Test func `keeps no credential: a replaced password can never be used again`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let old = try await site.log.subjects(of: Owner(moa), [.credential])
            try await site.placeHold(on: moa)
            try await site.accounts.changePassword(
                of: moa, from: AccountsSite.password,
                to: Password("åtta sura citroner", by: site.accounts.passwordRules(for: moa)),
                command: site.command("new"))
            #expect(try await Set(old).isDisjoint(with: site.log.subjects(of: Owner(moa), [.credential])))
            #expect(try site.log.deferredErasures().isEmpty)
        }
    }

    @Test func `of one member leaves the sign-ins of others to go, in fences of at most 1,000`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            _ = try await site.signIn("moa")
            try await site.placeHold(on: moa)
            let held = try await site.log.subjects(of: Owner(moa), [.signIn])
            let others = (0..<2500).map { Subject(.signIn, createdBy: CommandID(named: "\($0)", at: .testStart)) }
            site.clock.advance(by: .year)
            let head = site.log.head
            let expired = (held + others).map { (subject: $0, since: Instant.testStart) }
            #expect(try await site.accounts.erase(signIns: expired) == 2501)
            let events = try site.log.events(after: head, limit: 10)
            #expect(
                events.map(\.type.name) == [
                    "erasure.fenced", "erasure.deferred", "erasure.fenced", "erasure.fenced",
                ])
            #expect(Set(events.map(\.command)).count == 1)
            #expect(try await site.log.subjects(of: Owner(moa), [.signIn]) == held)
        }
    }

    @Test func `defers the erasure and never the act`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.changeEmail(of: moa)
            try await site.placeHold(on: moa)
            site.clock.advance(by: Period("P8D")!)
            #expect(try await site.accounts.completeEmailChange(of: moa))
            #expect(try site.accounts.member(moa).account?.previousEmail == nil)
            try await site.close(moa)
            #expect(try site.accounts.member(moa).closing != nil)
        }
    }

    @Test func `of a former member of the staff keeps her name taken`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            _ = try await site.administrator()
            try await site.accounts.grantRole(.moderator, to: moa, by: .operator, command: site.command("grant"))
            try await site.accounts.revokeRole(.moderator, from: moa, by: .operator, command: site.command("revoke"))
            let name = try #require(try site.accounts.formerStaffNames().first?.name)
            site.clock.advance(by: Period("P2Y")!)
            try await site.placeHold(on: moa)
            _ = try await site.accounts.forgetStaffName(name.subject)
            #expect(try site.accounts.formerStaffNames().count == 1)
            try await site.liftHold(on: moa)
            #expect(try site.accounts.formerStaffNames().isEmpty)
        }
    }

    @Test func `placed again defers again, and the log opened anew remembers what is due`() async throws {
        let files = try TemporarySite()
        let path = ErasingPath.all[0]
        try await AccountsSite.racing(files) { site, _ in
            let moa = try await site.member()
            try await site.placeHold(on: moa)
            try await path.erase(site, moa)
        }
        try await AccountsSite.racing(files, isNew: false) { site, _ in
            let moa = try #require(try site.accounts.find(Username("moa")))
            #expect(try await site.accounts.makeDeferredErasures() == 0)
            #expect(try await site.log.subjects(of: Owner(moa), [.municipality]).count == 2)
            try await site.liftHold(on: moa)
            #expect(try await site.log.subjects(of: Owner(moa), [.municipality]).count == 1)
            #expect(try await site.accounts.makeDeferredErasures() == 0)
        }
    }
}

extension AccountsSite {
    /// A site whose writer can be paused.
    static func racing(
        _ site: TemporarySite? = nil, isNew: Bool = true, _ body: (AccountsSite, RacingLog) async throws -> Void
    ) async throws {
        let site = try site ?? TemporarySite()
        let clock = TestClock()
        let racing = try RacingLog(site.files)
        try await closing(with: racing.log.close) {
            let accounts = Accounts(
                log: racing.log, hasher: PasswordHasher(cost: .quick), clock: clock.clock, uniformDelay: .zero)
            if isNew { try await accounts.publishFirstVersions() }
            try await body(AccountsSite(accounts: accounts, log: racing.log, clock: clock), racing)
        }
    }

    /// The member's subjects that can be read, except credentials.
    func subjects(of member: MemberID) async throws -> Set<Subject> {
        Set(try await log.subjects(of: Owner(member), SubjectKind.allCases.filter { $0 != .credential }))
    }

    func placeHold(on member: MemberID) async throws {
        try await accounts.placeHold(
            on: member, HoldReference("K-1")!, isSecret: true, by: .operator, command: CommandID(at: clock.now))
    }

    func liftHold(on member: MemberID) async throws {
        try await accounts.liftHold(on: member, by: .operator, command: CommandID(at: clock.now))
    }
}
