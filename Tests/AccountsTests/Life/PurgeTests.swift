import Testing
import Testkit

@testable import Accounts
@testable import Events

@Suite(.clause("P-16.3")) struct `Purging` {
    @Test func `waits for the year to pass, then leaves nothing that can be read`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.close(moa)
            try await site.clock.advance(by: Period("P364D")!, reminding: [moa], by: site.accounts)
            #expect(try await !site.accounts.purge(moa))
            site.clock.advance(by: .day)
            #expect(try await site.accounts.purge(moa))
            #expect(try await !site.accounts.purge(moa))
            guard case .purged = try site.accounts.member(moa) else { throw Unexpected() }
            #expect(try site.contents(of: moa).allSatisfy { $0 == .erased })
            #expect(try site.types(of: StreamName(moa)).last == "accounts.purged.v2")
            let again = try await site.member()
            #expect(again != moa)
        }
    }

    @Test func `and restoring at the same moment: exactly one wins`() async throws {
        try await AccountsSite.with { site in
            for round in 0..<20 {
                let moa = try await site.member()
                try await site.close(moa)
                // One of the two reads the clock before the year ends, the other after it.
                let end = site.clock.now.adding(.year)
                try await site.clock.advance(by: .day, reminding: [moa], by: site.accounts)
                let before = Accounts(
                    log: site.log, hasher: PasswordHasher(cost: .quick), clock: Clock { end.advanced(seconds: -1) })
                let after = Accounts(
                    log: site.log, hasher: PasswordHasher(cost: .quick), clock: Clock { end })
                async let restored = site.refusal {
                    try await before.restore(moa, accepting: nil, command: site.command("restore \(round)"))
                }
                async let purged = after.purge(moa)
                let (refusal, isPurged) = try await (restored, purged)
                #expect((refusal == nil) != isPurged)
                #expect((try site.accounts.member(moa).active != nil) != isPurged)
                site.clock.set(end)
                guard !isPurged else { continue }
                try await site.accounts.close(
                    moa, password: AccountsSite.password, texts: .erase, marked: [],
                    command: site.command("end \(round)"))
                try await site.clock.advance(by: .year, reminding: [moa], by: site.accounts)
                #expect(try await site.accounts.purge(moa))
            }
        }
    }

    @Test(.clause("P-10.1")) func `is suspended by a legal hold, and due at once when that is lifted`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.close(moa)
            try await site.accounts.placeHold(
                on: moa, HoldReference("5000-K123456-26")!, isSecret: true, by: .operator, command: site.command("hold")
            )
            try await site.clock.advance(by: Period("P2Y")!, reminding: [moa], by: site.accounts)
            #expect(try await !site.accounts.purge(moa))
            #expect(try await site.refusal { try await site.restore(moa) } == .tooLateToRestore)
            try await site.accounts.liftHold(on: moa, by: .operator, command: site.command("lift"))
            #expect(try await site.accounts.purge(moa))
        }
    }

    @Test func `comes sooner when a later version shortens the time, and never later`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.close(moa)
            site.clock.advance(by: .day)
            let longer = site.clock.now.stockholmDate.description
            try await site.publish(longer, replacing: ["\"closedAccount\":\"P1Y\"": "\"closedAccount\":\"P3Y\""])
            let closing = try #require(try site.accounts.member(moa).closing)
            let due = { closing.purgeDue(judgedAt: site.clock.now, try site.accounts.policies()) }
            #expect(try due() == closing.at.adding(.year))
            site.clock.advance(by: .day)
            let shorter = site.clock.now.stockholmDate.description
            try await site.publish(shorter, replacing: ["\"closedAccount\":\"P1Y\"": "\"closedAccount\":\"P6M\""])
            #expect(try due() == closing.at.adding(Period("P6M")!))
        }
    }

    @Test func `is announced once, thirty days before`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.close(moa)
            site.clock.advance(by: Period("P334D")!)
            #expect(try await !site.accounts.announcePurge(of: moa))
            site.clock.advance(by: .day)
            #expect(try await site.accounts.announcePurge(of: moa))
            #expect(try await !site.accounts.announcePurge(of: moa))
        }
    }

    @Test func `waits for a reminder that comes late, and nobody comes back when a year has passed`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.close(moa)
            site.clock.advance(by: Period("P13M")!)
            #expect(try await !site.accounts.purge(moa))
            #expect(try await site.refusal { try await site.restore(moa) } == .tooLateToRestore)
            #expect(try await site.accounts.announcePurge(of: moa))
            #expect(try await site.refusal { try await site.restore(moa) } == .tooLateToRestore)
            site.clock.advance(by: Period("P29D")!)
            #expect(try await !site.accounts.purge(moa))
            site.clock.advance(by: .day)
            #expect(try await site.accounts.purge(moa))
        }
    }
}

@Suite(.clause("P-16.4")) struct `A suspended account` {
    @Test func `comes back by signing in once the suspension has ended`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.accounts.deactivate(
                moa, until: site.clock.now.adding(Period("P14D")!), .sample, by: .operator,
                command: site.command("suspend"))
            #expect(try await site.signIn("moa") == .refused)
            site.clock.advance(by: Period("P14D")!)
            guard case .signedIn = try await site.signIn("moa") else { throw Unexpected() }
            #expect(try site.accounts.member(moa).active != nil)
        }
    }

    @Test(.clause("P-12.1")) func `whose password is forgotten gets another by link once the suspension has ended`()
        async throws
    {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.accounts.deactivate(
                moa, until: site.clock.now.adding(Period("P14D")!), .sample, by: .operator,
                command: site.command("suspend"))
            let ask = {
                try await site.accounts.requestPasswordReset(
                    email: EmailAddress("moa@example.se"), command: CommandID(at: site.clock.now))
            }
            #expect(try await ask() == nil)
            site.clock.advance(by: Period("P14D")!)
            #expect(try await ask() == moa)
            try await site.accounts.resetPassword(
                of: moa, to: try Password("en helt annan båt", by: site.accounts.passwordRules(for: moa)),
                requestedAt: site.clock.now, command: site.command("reset"))
            guard case .signedIn = try await site.signIn("moa", "en helt annan båt") else { throw Unexpected() }
            #expect(try site.accounts.member(moa).active != nil)
        }
    }

    @Test func `that somebody brings back while it is being closed for its age stays open`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.accounts.deactivate(
                moa, until: site.clock.now.adding(Period("P14D")!), .sample, by: .operator,
                command: site.command("suspend"))
            site.clock.advance(by: .year)
            let isClosed = try await site.accounts.closeUnreturned(moa) {
                try await site.accounts.restore(moa, by: .operator, command: site.command("meanwhile"))
                return []
            }
            #expect(!isClosed)
            #expect(try site.accounts.member(moa).active != nil)
        }
    }

    @Test func `counts as closed when nobody has come back within half a year`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.accounts.deactivate(
                moa, until: site.clock.now.adding(Period("P14D")!), .sample, by: .operator,
                command: site.command("suspend"))
            site.clock.advance(by: Period("P6M13D")!)
            #expect(try await !site.accounts.closeUnreturned(moa) { [] })
            site.clock.advance(by: Period("P5D")!)
            #expect(try await site.signIn("moa") == .refused)
            #expect(try await site.accounts.closeUnreturned(moa) { [] })
            #expect(try site.accounts.member(moa).closing?.cause == .unreturned)
            try await site.restore(moa)
        }
    }

    @Test func `can be appealed against once, within the time`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.administrator()
            try await site.accounts.closeForBreach(
                moa, .sample, erasing: [], by: .member(astrid), command: site.command("breach"))
            let appeal = {
                try await site.accounts.appeal(
                    of: moa, AppealText("Det var inte jag.")!, command: CommandID(at: site.clock.now))
            }
            try await appeal()
            #expect(try await site.refusal(appeal) == .alreadyDecided)
            // The author of a decision may not judge an appeal against it, either way (P-08.2).
            let own = site.command("own")
            #expect(
                try await site.refusal {
                    try await site.accounts.rejectAppeal(of: moa, .sample, by: .member(astrid), command: own)
                } == .ownMatter)
            #expect(
                try await site.refusal {
                    try await site.accounts.restore(moa, by: .member(astrid), command: own)
                } == .ownMatter)
            let nils = try await site.member(Sample.nils)
            try await site.accounts.grantRole(
                .administrator, to: nils, by: .operator, command: site.command("colleague"))
            try await site.accounts.rejectAppeal(
                of: moa, .sample, by: .member(nils), command: site.command("reject"))
            guard case .rejected = try site.accounts.member(moa).closing?.appeal else { throw Unexpected() }
        }
    }
}

@Suite(.clause("P-16.4")) struct `An account that nobody uses` {
    private static let version = Sample.today.description
    /// Switches the rule on: the first policy closes no account that is only unused.
    private static let closing = [
        "\"version\":": "\"unusedAccount\":{\"closedAfter\":\"P3Y\",\"warnBefore\":[\"P60D\",\"P14D\"]},\"version\":"
    ]

    @Test func `stays as it is when the policy has no rule about it`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let used = site.clock.now
            site.clock.advance(by: Period("P9Y")!)
            #expect(try await site.accounts.processInactivity(of: moa, lastUsed: used) { [] } == nil)
        }
    }

    @Test func `is warned twice, then closed, and never without the warnings`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.publish(Self.version, replacing: Self.closing)
            let used = site.clock.now
            let process = { try await site.accounts.processInactivity(of: moa, lastUsed: used) { [] } }
            site.clock.advance(by: Period("P2Y")!)
            #expect(try await process() == nil)
            // After years without the job, the first warning still comes first, with its full time.
            site.clock.advance(by: Period("P3Y")!)
            #expect(try await process() == .warn)
            #expect(try await process() == .warn)
            #expect(try await process() == nil)
            site.clock.advance(by: Period("P13D")!)
            #expect(try await process() == nil)
            site.clock.advance(by: Period("P2D")!)
            #expect(try await process() == .close)
            #expect(try site.accounts.member(moa).closing?.cause == .unused)
        }
    }

    @Test func `is warned once by several that warn at the same moment, and one of them says so`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.publish(Self.version, replacing: Self.closing)
            let used = site.clock.now
            site.clock.advance(by: Period("P2Y")!)
            while try await site.accounts.processInactivity(of: moa, lastUsed: used, erasing: { [] }) == nil {
                site.clock.advance(by: Period("P1D")!)
            }
            site.clock.advance(by: Period("P1Y")!)
            let warnings = try #require(try site.accounts.member(moa).active).unusedWarnings.count
            let steps = try await withThrowingTaskGroup { group in
                for _ in 1...8 {
                    group.addTask {
                        try await site.accounts.processInactivity(of: moa, lastUsed: used, erasing: { [] })
                    }
                }
                return try await group.reduce(into: [UnusedAccount.Step?]()) { $0.append($1) }
            }
            let account = try #require(try site.accounts.member(moa).active)
            #expect(steps.count { $0 == .warn } == account.unusedWarnings.count - warnings)
        }
    }

    @Test func `and that its owner closes at the same moment is closed by her`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            try await site.publish(Self.version, replacing: Self.closing)
            let used = site.clock.now
            site.clock.advance(by: Period("P5Y")!)
            for _ in 1...2 { _ = try await site.accounts.processInactivity(of: moa, lastUsed: used) { [] } }
            site.clock.advance(by: Period("P1M")!)
            let done = try await site.accounts.processInactivity(of: moa, lastUsed: used) {
                try await site.close(moa, .erase)
                return []
            }
            #expect(done == nil)
            #expect(try site.accounts.member(moa).closing?.cause == .own)
        }
    }
}
