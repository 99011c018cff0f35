import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `Signing in` {
    @Test(arguments: ["moa@example.se", "MOA@Example.se", "moa", "Moa"])
    func `takes the address or the username`(identifier: String) async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            guard case .signedIn(moa, let session) = try await site.signIn(identifier) else { throw Unexpected() }
            let event = try #require(try site.log.events(in: StreamName(session)).first)
            #expect(event.actor == .member(moa) && event.owner == Owner(moa) && event.subject?.kind == .signIn)
            #expect(!String(decoding: event.clear.bytes, as: UTF8.self).contains("192.0.2.7"))
        }
    }

    @Test(.clause("P-16.6")) func `is refused in one way, whatever is wrong`() async throws {
        try await AccountsSite.with { site in
            _ = try await site.member()
            _ = try await site.signUp(Sample.astrid)
            #expect(try await site.signIn("moa", "röd båt i medvind") == .refused)
            #expect(try await site.signIn("moa", "") == .refused)
            for identifier in ["astrid", "astrid@example.se", "nobody", "nobody@example.se", "", "@", "a@b@c", "admin"]
            {
                #expect(try await site.signIn(identifier) == .refused)
            }
            let head = site.log.head
            _ = try await site.signIn("moa", "röd båt i medvind")
            #expect(site.log.head == head)
        }
    }

    @Test func `that is held back is refused with the right password, after the same work`() async throws {
        try await AccountsSite.with { site in
            _ = try await site.member()
            let origin = SignInOrigin(address: "192.0.2.7", device: "Firefox")
            func attempt(_ accounts: Accounts) async throws -> Accounts.SignInResult {
                try await accounts.signIn(
                    identifier: "moa", password: EnteredPassword("grön båt i motvind"), from: origin, isHeldBack: true,
                    command: site.command("held back"))
            }
            let head = site.log.head
            #expect(try await attempt(site.accounts) == .refused)
            #expect(site.log.head == head)
            // It waits in the same queue as any other password check.
            let busy = Accounts(
                log: site.log, hasher: PasswordHasher(cost: .quick, limit: 0, capacity: 0), clock: site.clock.clock)
            await #expect(throws: PasswordHasher.Overloaded.self) { try await attempt(busy) }
        }
    }

    @Test(.clause("P-08.2")) func `attempts that are used up are recorded once a day`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            func told() throws -> Int {
                try site.types(of: StreamName(moa)).filter { $0 == "accounts.sign-ins-held-back.v1" }.count
            }
            for name in ["one", "two"] {
                try await site.accounts.holdBackSignIns(of: moa, command: site.command(name))
            }
            #expect(try told() == 1)
            site.clock.advance(by: Period("PT23H59M")!)
            try await site.accounts.holdBackSignIns(of: moa, command: site.command("three"))
            #expect(try told() == 1)
            site.clock.advance(by: Period("PT1M")!)
            try await site.accounts.holdBackSignIns(of: moa, command: site.command("four"))
            #expect(try told() == 2)
        }
    }

    @Test(arguments: [
        ("moa", "MOA\u{200B}"), ("moa", "\u{FEFF}\u{200B}moa\u{200B}\u{200B}".replacing("\u{FEFF}", with: " ")),
        ("moa@example.se", " Moa@EXAMPLE.se\n"), ("a\u{30A}sa", "\u{C5}SA"),
    ]) func `has one form for all spellings that the look-up finds alike`(one: String, other: String) throws {
        #expect(SignInIdentifier(one).claim != nil)
        #expect(SignInIdentifier(one) == SignInIdentifier(other))
    }

    @Test(arguments: ["", "@", "m\u{200B}oa", "moa@example.se.", String(repeating: " ", count: 252) + "moa"])
    func `finds no account by a name that none can have, or that is longer than any`(typed: String) {
        #expect(SignInIdentifier(typed).claim == nil)
    }

    @Test func `ends by signing out, once`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            guard case .signedIn(_, let session) = try await site.signIn("moa") else { throw Unexpected() }
            try await site.accounts.recordSignOut(session, command: site.command("out"))
            try await site.accounts.recordSignOut(session, .expired, command: site.command("again"))
            let state = try site.log.state(of: StreamName(session), as: SignInSession.self).state
            #expect(state == .ended(moa, .chosen))
            #expect(try site.types(of: StreamName(session)) == ["accounts.signed-in.v1", "accounts.signed-out.v1"])
        }
    }

    @Test func `renews a hash that has become too cheap, and erases the old one`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let old = try #require(try site.accounts.member(moa).active?.password)
            let stronger = Accounts(
                log: site.log, hasher: PasswordHasher(cost: ScryptCost(logarithm: 5)), clock: site.clock.clock)
            guard case .signedIn = try await site.signIn("moa", through: stronger) else { throw Unexpected() }
            let new = try #require(try site.accounts.member(moa).active?.password)
            #expect(new.value.value?.phc.hasPrefix("$scrypt$ln=5,") == true)
            #expect(new.subject != old.subject)
            let hashes = try site.log.events(in: StreamName(moa)).filter { $0.subject == old.subject }
            #expect(hashes.map(\.content) == [.erased])
            guard case .signedIn = try await site.signIn("moa", through: stronger) else { throw Unexpected() }
        }
    }
}

@Suite(.clause("P-12.1")) struct `A forgotten or changed password` {
    func password(_ text: String, for member: MemberID, at site: AccountsSite) throws -> Password {
        try Password(text, by: site.accounts.passwordRules(for: member))
    }

    @Test func `is reset by link, once, within two hours`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let new = try password("åtta sura citroner", for: moa, at: site)
            await #expect(throws: AccountRefusal.linkExpired) {
                try await site.accounts.resetPassword(of: moa, to: new, command: site.command("unasked"))
            }
            #expect(
                try await site.accounts.requestPasswordReset(
                    email: EmailAddress("MOA@example.se"), command: site.command("forgot")) == moa)
            try await site.accounts.resetPassword(of: moa, to: new, command: site.command("reset"))
            #expect(try await site.signIn("moa") == .refused)
            guard case .signedIn = try await site.signIn("moa", "åtta sura citroner") else { throw Unexpected() }
            await #expect(throws: AccountRefusal.linkExpired) {
                try await site.accounts.resetPassword(of: moa, to: new, command: site.command("again"))
            }
        }
    }

    @Test(.clause("P-16.6")) func `asked for takes as long whether or not the address is registered`() async throws {
        try await AccountsSite.with { site in
            _ = try await site.signUp()
            let slow = Accounts(
                log: site.log, hasher: PasswordHasher(cost: .quick), clock: site.clock.clock,
                uniformDelay: .milliseconds(150))
            _ = try await site.member(Sample.astrid)
            for (address, isMember) in [
                ("astrid@example.se", true), ("nobody@example.se", false), ("moa@example.se", false),
            ] {
                let email = try EmailAddress(address)
                let took = try await ContinuousClock().measure {
                    let member = try await slow.requestPasswordReset(
                        email: email, command: site.command("forgot \(address)"))
                    #expect((member != nil) == isMember)
                }
                #expect(took >= .milliseconds(150))
            }
        }
    }

    @Test func `is changed with the old one, which is then erased`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let old = try #require(try site.accounts.member(moa).active?.password?.subject)
            let new = try password("åtta sura citroner", for: moa, at: site)
            await #expect(throws: AccountRefusal.wrongPassword) {
                try await site.accounts.changePassword(
                    of: moa, from: EnteredPassword("fel"), to: new, command: site.command("wrong"))
            }
            try await site.accounts.changePassword(
                of: moa, from: EnteredPassword("grön båt i motvind"), to: new, command: site.command("change"))
            #expect(try site.log.events(in: StreamName(moa)).filter { $0.subject == old }.map(\.content) == [.erased])
            guard case .signedIn = try await site.signIn("moa", "åtta sura citroner") else { throw Unexpected() }
            #expect(throws: Password.Problem.containsOwnName) { try password("moa-i-motvind-igen", for: moa, at: site) }
        }
    }
}

@Suite struct `Administering the site` {
    @Test func `begins with the operator's first administrator`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let astrid = try await site.member(Sample.astrid)
            await #expect(throws: AccountRefusal.notAllowed) {
                try await site.accounts.grantRole(
                    .administrator, to: moa, by: .member(moa), command: site.command("self"))
            }
            try await site.accounts.grantRole(.administrator, to: astrid, by: .operator, command: site.command("first"))
            try await site.accounts.grantRole(.moderator, to: moa, by: .member(astrid), command: site.command("second"))
            #expect(try site.accounts.roles(of: moa) == [.member, .moderator])
            await #expect(throws: AccountRefusal.lastAdministrator) {
                try await site.accounts.revokeRole(
                    .administrator, from: astrid, by: .operator, command: site.command("last"))
            }
        }
    }

    @Test(.clause("P-00.1")) func `can announce a version of the policy, which comes into force on its date`()
        async throws
    {
        try await AccountsSite.with { site in
            let next = try Sample.policy("2026-05-01", replacing: ["\"minimumAge\":18": "\"minimumAge\":20"])
            await #expect(throws: AccountRefusal.notAllowed) {
                try await site.accounts.publish(next, by: .visitor, command: site.command("visitor"))
            }
            try await site.accounts.publish(next, by: .operator, command: site.command("publish"))
            try await site.accounts.bringVersionsIntoForce()
            #expect(try site.accounts.policies().upcoming(at: site.clock.now) == [next])
            #expect(try site.accounts.policyInForce(at: site.clock.now).rules.registration.minimumAge == 18)
            site.clock.advance(by: try #require(Period("P60D")))
            #expect(try site.accounts.policyInForce(at: site.clock.now).rules.registration.minimumAge == 20)
            try await site.accounts.bringVersionsIntoForce()
            try await site.accounts.bringVersionsIntoForce()
            #expect(
                try site.types(of: PolicyDocument.stream).suffix(2) == [
                    "accounts.policy-published.v1", "accounts.policy-in-force.v1",
                ])
            #expect(try site.types(of: PolicyDocument.stream).count == 4)
        }
    }

    @Test(.clause("P-07.2")) func `finds each member's consent as it was last answered`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member(Sample.form { $0.allowsRegisterLookup = true })
            #expect(try site.accounts.member(moa).active?.consents == [.registerLookup])
            let no = AnswerConsent(.registerLookup, isYes: false, wording: Sample.wording)
            try await site.accounts.answer(no, of: moa, command: site.command("no"))
            #expect(try site.accounts.member(moa).active?.consents == [])
        }
    }
}
