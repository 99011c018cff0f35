import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `The codes of an app` {
    /// RFC 6238, appendix B, for SHA-1: seconds since 1970 and the code of eight digits.
    private static let vectors: [(seconds: Int64, code: String)] = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]
    static let secret = TOTPSecret(Array("12345678901234567890".utf8))

    @Test(arguments: vectors) func `are those of RFC 6238`(seconds: Int64, code: String) {
        let step = TOTPSecret.step(at: Instant(milliseconds: seconds * 1000))
        #expect(Self.secret.code(at: step, digits: 8) == code)
        #expect(Self.secret.code(at: step) == code.suffix(6))
    }

    @Test func `come of a secret that is written as RFC 4648 does`() {
        #expect(Self.secret.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(TOTPSecret(base32: Self.secret.base32) == Self.secret)
        #expect(TOTPSecret(Array("foobar".utf8)).base32 == "MZXW6YTBOI")
        #expect(TOTPSecret(base32: "MZXW6YTBOI") == TOTPSecret(Array("foobar".utf8)))
        for wrong in ["", "M", "mzxw", "MZXW1", "MZ=="] { #expect(TOTPSecret(base32: wrong) == nil, "\(wrong)") }
    }

    @Test func `are taken one step early and one step late, and no further`() {
        let now = Instant.testStart
        let step = TOTPSecret.step(at: now)
        for (away, isTaken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = Array(Self.secret.code(at: step + away).utf8)
            #expect((Self.secret.step(of: code, at: now, after: 0) == step + away) == isTaken, "\(away)")
        }
    }

    @Test func `of the last accepted step, or of one before, are not taken`() {
        let now = Instant.testStart
        let step = TOTPSecret.step(at: now)
        for away in -1...1 {
            let code = Array(Self.secret.code(at: step + away).utf8)
            #expect(Self.secret.step(of: code, at: now, after: step) == (away == 1 ? step + 1 : nil))
        }
    }

    @Test(arguments: ["123456", " 123 456 ", "123-456", "1 2 3 4 5 6", "123\u{200B}456"])
    func `are read with spaces in them`(typed: String) {
        #expect(EnteredCode(typed) == .app(Array("123456".utf8)))
    }

    @Test(arguments: ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "１２３４５６", String(repeating: "1", count: 5000)])
    func `are six digits`(typed: String) { #expect(EnteredCode(typed) == nil) }

    @Test func `say nothing of themselves`() {
        #expect("\(Self.secret)" == "(TOTPSecret)")
        #expect(!"\(Self.secret) \(String(reflecting: EnteredCode("123456")))".contains("123"))
    }
}

@Suite(.clause("P-12.1")) struct `Recovery codes` {
    @Test func `are ten, all different, and read however they are typed`() throws {
        var generator = SeededGenerator(seed: 1)
        let codes = RecoveryCodes(using: &generator)
        #expect(Set(codes.texts).count == 10)
        let hashes = codes.hashed(with: [1, 2, 3, 4])
        for (number, text) in codes.texts.enumerated() {
            #expect(text.count == 19 && text.split(separator: "-").count == 4)
            for typed in [text, text.uppercased(), text.replacing("-", with: " "), text.replacing("0", with: "O")] {
                guard case .recovery(let code)? = EnteredCode(typed) else { throw Unexpected() }
                #expect(hashes.number(of: code) == number, "\(typed)")
            }
        }
        #expect(hashes.number(of: Array("0000000000000000".utf8)) == nil)
    }

    @Test func `are kept as hashes that are read back`() throws {
        var generator = SeededGenerator(seed: 2)
        let codes = RecoveryCodes(using: &generator)
        let hashes = codes.hashed(with: [9, 8, 7])
        #expect(RecoveryCodeHashes(hashes.text) == hashes)
        for code in codes.texts { #expect(!hashes.text.contains(code.replacing("-", with: ""))) }
        for wrong in ["", "00", "00.11", "xx." + String(repeating: "a", count: 64)] {
            #expect(RecoveryCodeHashes(wrong) == nil, "\(wrong)")
        }
    }
}

/// Moa with a second factor, and what her app shows.
private struct Factor {
    let site: AccountsSite
    let moa: MemberID
    let secret = `The codes of an app`.secret
    let codes: RecoveryCodes

    init(_ site: AccountsSite) async throws {
        self.site = site
        moa = try await site.member()
        codes = try await site.accounts.enableTwoFactor(
            of: moa, with: secret, first: EnteredCode(secret.code(at: TOTPSecret.step(at: site.clock.now))),
            command: site.command("enable"))
    }

    func code(_ away: Int = 0) throws -> EnteredCode {
        try #require(EnteredCode(secret.code(at: TOTPSecret.step(at: site.clock.now) + away)))
    }

    var factor: TwoFactor? { get throws { try site.accounts.member(moa).account?.twoFactor } }

    func use(_ code: EnteredCode, through accounts: Accounts? = nil) async throws {
        try await (accounts ?? site.accounts).useSecondFactor(of: moa, code, command: CommandID(at: site.clock.now))
    }

    func isErased(_ subject: Subject) throws -> Bool {
        let contents = try site.log.events(in: StreamName(moa)).filter { $0.subject == subject }.map(\.content)
        return !contents.isEmpty && contents.allSatisfy { $0 == .erased }
    }
}

@Suite(.clause("P-12.1")) struct `A second factor` {
    @Test func `counts from the first code on, and is sealed`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let secret = `The codes of an app`.secret
            for wrong in [nil, EnteredCode("000000"), EnteredCode("0000000000000000")] {
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
            let new = try await site.accounts.renewRecoveryCodes(of: they.moa, command: site.command("renew"))
            #expect(try they.factor?.codesLeft == 10)
            #expect(try they.isErased(old))
            await #expect(throws: AccountRefusal.wrongCode) {
                try await they.use(try #require(EnteredCode(they.codes.texts[4])))
            }
            try await they.use(try #require(EnteredCode(new.texts[3])))
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

@Suite(.clause("P-12.1")) struct `A second factor that is lost` {
    private struct Staffed {
        let they: Factor
        let astrid: MemberID
        let nils: MemberID

        init(_ site: AccountsSite) async throws {
            they = try await Factor(site)
            astrid = try await site.member(Sample.astrid)
            nils = try await site.member(Sample.nils)
            for administrator in [astrid, nils] {
                try await site.accounts.grantRole(
                    .administrator, to: administrator, by: .operator, command: CommandID(at: site.clock.now))
            }
        }

        var accounts: Accounts { they.site.accounts }
        var command: CommandID { CommandID(at: they.site.clock.now) }

        func propose(by administrator: MemberID) async throws {
            try await accounts.proposeReset(
                of: they.moa, try #require(ResetReason("Visade körkortet")), by: administrator, command: command)
        }

        func reset(by actor: Actor) async throws {
            try await accounts.resetTwoFactor(of: they.moa, by: actor, command: command)
        }
    }

    @Test func `is reset by two administrators, and by no one of them alone`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            await #expect(throws: AccountRefusal.alreadyDecided) { try await staff.reset(by: .member(staff.nils)) }
            await #expect(throws: AccountRefusal.notAllowed) { try await staff.propose(by: staff.they.moa) }
            try await staff.propose(by: staff.astrid)
            #expect(try staff.they.factor != nil)
            await #expect(throws: AccountRefusal.alreadyDecided) { try await staff.propose(by: staff.nils) }
            await #expect(throws: AccountRefusal.sameAdministrator) { try await staff.reset(by: .member(staff.astrid)) }
            for actor in [Actor.visitor, .system, .member(staff.they.moa)] {
                await #expect(throws: AccountRefusal.self) { try await staff.reset(by: actor) }
            }
            let subjects = try #require(try staff.they.factor?.subjects)
            try await staff.reset(by: .member(staff.nils))
            #expect(try staff.they.factor == nil)
            for subject in subjects { #expect(try staff.they.isErased(subject)) }
            guard case .signedIn = try await site.signIn("moa") else { throw Unexpected() }
            await #expect(throws: AccountRefusal.twoFactorOff) { try await staff.reset(by: .operator) }
        }
    }

    @Test func `is reset by the operator alone`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            try await staff.reset(by: .operator)
            #expect(try staff.they.factor == nil)
        }
    }

    @Test func `is nobody's own matter`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            try await site.accounts.grantRole(
                .administrator, to: staff.they.moa, by: .operator, command: staff.command)
            await #expect(throws: AccountRefusal.ownMatter) { try await staff.propose(by: staff.they.moa) }
            try await staff.propose(by: staff.astrid)
            await #expect(throws: AccountRefusal.ownMatter) { try await staff.reset(by: .member(staff.they.moa)) }
        }
    }

    @Test func `is not reset when the member says no, uses her code, or seven days are over`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            func isRefused() async {
                await #expect(throws: AccountRefusal.alreadyDecided) { try await staff.reset(by: .member(staff.nils)) }
            }
            try await staff.propose(by: staff.astrid)
            try await staff.accounts.declineReset(
                of: staff.they.moa, by: .member(staff.they.moa), command: staff.command)
            await isRefused()
            site.clock.advance(seconds: 60)
            try await staff.propose(by: staff.astrid)
            try await staff.they.use(staff.they.code())
            await isRefused()
            try await staff.propose(by: staff.astrid)
            site.clock.advance(by: try #require(Period("P7D")))
            await isRefused()
            try await staff.propose(by: staff.astrid)
            try await staff.reset(by: .member(staff.nils))
        }
    }

    @Test func `is not reset on the word of somebody who is an administrator no more`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            try await staff.propose(by: staff.astrid)
            try await site.accounts.revokeRole(
                .administrator, from: staff.astrid, by: .operator, command: staff.command)
            await #expect(throws: AccountRefusal.alreadyDecided) { try await staff.reset(by: .member(staff.nils)) }
        }
    }

    @Test func `stays through closing and restoring, and is erased by the purge`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            let subjects = try #require(try staff.they.factor?.subjects)
            try await site.accounts.closeOnRequest(
                of: staff.they.moa, erasing: [], by: .operator, command: staff.command)
            #expect(try staff.they.factor != nil)
            try await site.accounts.restore(staff.they.moa, by: .operator, command: staff.command)
            guard case .codeNeeded = try await site.signIn("moa") else { throw Unexpected() }
            try await site.accounts.closeOnRequest(
                of: staff.they.moa, erasing: [], by: .operator, command: staff.command)
            #expect(try await site.accounts.purge(staff.they.moa, ordered: .requested, by: .operator))
            for subject in subjects { #expect(try staff.they.isErased(subject)) }
        }
    }
}
