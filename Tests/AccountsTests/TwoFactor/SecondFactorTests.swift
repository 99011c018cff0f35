import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `A second factor` {
    @Test func `counts from the first code on, and is sealed`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let secret = `The codes of an app`.secret
            for wrong in [nil, EnteredCode("000000"), EnteredCode(String(repeating: "0", count: 20))] {
                await #expect(throws: AccountRefusal.wrongCode) {
                    _ = try await site.accounts.enableTwoFactor(
                        of: moa, with: secret, first: wrong, command: CommandID(at: site.clock.now))
                }
            }
            #expect(try site.accounts.member(moa).active?.twoFactor == nil)
            let with = try await site.signIn("moa")
            guard case .signedIn = with else { throw Unexpected() }
        }
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            let events = try site.log.events(in: StreamName(they.moa)).suffix(2)
            #expect(events.map(\.type.name) == ["accounts.two-factor-enabled", "accounts.recovery-codes-made"])
            #expect(events.allSatisfy { $0.subject?.kind == .credential && $0.owner == Owner(they.moa) })
            #expect(Set(events.map(\.subject)).count == 2)
            await #expect(throws: AccountRefusal.twoFactorOn) {
                _ = try await site.accounts.enableTwoFactor(
                    of: they.moa, with: they.secret, first: they.code(1), command: CommandID(at: site.clock.now))
            }
        }
    }

    @Test func `is asked for after the password, and opens the session with it`() async throws {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            site.clock.advance(seconds: 30)
            #expect(try await site.signIn("moa", "fel lösenord helt") == .refused)
            guard case .codeNeeded(they.moa, let password) = try await site.signIn("moa") else { throw Unexpected() }
            let head = site.log.head
            func finish(_ code: EnteredCode, _ password: Subject) async throws -> Accounts.SignInResult {
                try await site.accounts.finishSignIn(
                    of: they.moa, password: password, with: code,
                    from: SignInOrigin(address: "192.0.2.7", device: "Firefox"), command: CommandID(at: site.clock.now))
            }
            #expect(try await finish(try #require(EnteredCode("000000")), password) == .refused)
            #expect(try await finish(they.code(), Subject(.credential, they.moa)) == .refused, "another password")
            #expect(site.log.head == head)
            guard case .signedIn(they.moa, _) = try await finish(they.code(), password) else { throw Unexpected() }
            #expect(try await finish(they.code(), password) == .refused, "the same code again")
        }
    }

    @Test func `takes each code once, also in a program that was started since`() async throws {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            await #expect(throws: AccountRefusal.wrongCode) { try await they.use(they.code()) }
            site.clock.advance(seconds: 60)
            let code = try they.code()
            try await they.use(code)
            let restarted = Accounts(
                log: site.log, hasher: PasswordHasher(cost: .quick), clock: site.clock.clock, uniformDelay: .zero)
            await #expect(throws: AccountRefusal.wrongCode) { try await they.use(code, through: restarted) }
            await #expect(throws: AccountRefusal.wrongCode) { try await they.use(they.code(-1), through: restarted) }
            try await they.use(they.code(1), through: restarted)
        }
    }

    @Test func `takes a code once when two use it at the same moment`() async throws {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            site.clock.advance(seconds: 60)
            let code = try they.code()
            let accepted = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { (try? await they.use(code)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(accepted == 1)
        }
    }

    @Test func `takes each recovery code once, and counts those left`() async throws {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            let code = try #require(EnteredCode(they.codes.texts[3]))
            try await they.use(code)
            await #expect(throws: AccountRefusal.wrongCode) { try await they.use(code) }
            #expect(try they.factor?.codesLeft == 9)
            let old = try #require(try they.factor?.codes?.subject)
            let renewed = try await site.accounts.renewRecoveryCodes(of: they.moa, command: site.command("renew"))
            let new = try #require(renewed)
            #expect(try they.factor?.codesLeft == 10)
            #expect(try they.isErased(old))
            await #expect(throws: AccountRefusal.wrongCode) {
                try await they.use(try #require(EnteredCode(they.codes.texts[4])))
            }
            try await they.use(try #require(EnteredCode(new.texts[3])))
            // The command executed once more makes no codes, so it returns none that were never stored.
            let again = try await site.accounts.renewRecoveryCodes(of: they.moa, command: site.command("renew"))
            #expect(again == nil)
            try await they.use(try #require(EnteredCode(new.texts[5])))
        }
    }

    @Test(.clause("P-14.1")) func `leaves nothing when it is switched off, and the password alone is enough then`()
        async throws
    {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            let subjects = try #require(try they.factor?.subjects)
            let password = try #require(try site.accounts.member(they.moa).active?.password?.subject)
            try await site.accounts.disableTwoFactor(of: they.moa, command: site.command("off"))
            for subject in subjects { #expect(try they.isErased(subject)) }
            #expect(try !they.isErased(password))
            guard case .signedIn = try await site.signIn("moa") else { throw Unexpected() }
            await #expect(throws: AccountRefusal.twoFactorOff) { try await they.use(they.code(1)) }
        }
    }

    @Test func `stays when the account is compromised, and when a new password is set by link`() async throws {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            try await site.accounts.reportCompromise(
                of: they.moa, by: .member(they.moa), command: site.command("taken"))
            let new = try Password("åtta sura citroner", by: site.accounts.passwordRules(for: they.moa))
            try await site.accounts.resetPassword(of: they.moa, to: new, command: site.command("reset"))
            guard case .codeNeeded = try await site.signIn("moa", "åtta sura citroner") else { throw Unexpected() }
        }
    }

    @Test func `tells of wrong codes once a day`() async throws {
        try await AccountsSite.with { site in
            let they = try await Factor(site)
            func noticed() async throws -> Bool {
                let head = site.log.head
                try await site.accounts.noteWrongCodes(for: they.moa, command: CommandID(at: site.clock.now))
                return site.log.head > head
            }
            #expect(try await noticed())
            #expect(try await !noticed())
            site.clock.advance(seconds: 86_400)
            #expect(try await noticed())
        }
    }
}
