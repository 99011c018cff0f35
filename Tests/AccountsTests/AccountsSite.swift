import Events
import Testkit

@testable import Accounts

/// A new site with the first policy and terms, and a clock set by the test.
struct AccountsSite {
    let accounts: Accounts
    let log: EventLog
    let clock: TestClock

    /// Runs `body` with a site on a real log in a temporary directory.
    static func with(_ body: (AccountsSite) async throws -> Void) async throws {
        let site = try TemporarySite()
        let clock = TestClock()
        try await site.withLog { log async throws in
            let accounts = Accounts(
                log: log, hasher: PasswordHasher(cost: .quick), clock: clock.clock, uniformDelay: .zero)
            try await accounts.publishFirstVersions()
            try await body(AccountsSite(accounts: accounts, log: log, clock: clock))
        }
    }

    func command(_ words: String) -> CommandID { CommandID(named: words, at: clock.now) }

    func signUp(_ form: SignUpForm = Sample.form(), command words: String? = nil) async throws -> MemberID {
        let rules = try accounts.policyInForce(at: clock.now).rules
        let application = try form.parsed(by: rules, today: clock.now.stockholmDate, wording: Sample.wording)
        return try await accounts.signUp(
            application, command: command(words ?? "sign up \(form.email) \(form.username)"))
    }

    func confirm(_ member: MemberID, username: Username? = nil) async throws -> Accounts.Confirmation {
        try await accounts.confirm(
            member, linkMadeAt: clock.now, username: username, command: CommandID(at: clock.now))
    }

    /// As a program did that reviewed sign-ups with a taken number.
    func awaitReview(_ applicant: MemberID) async throws {
        _ = try await log.append(
            Append(
                command: CommandID(at: clock.now), actor: .visitor, time: clock.now,
                streams: [
                    StreamAppend(
                        StreamName(applicant), expected: .any,
                        [MemberEvent.registration(.reviewRequested(.numberTaken))])
                ]))
    }

    func member(_ form: SignUpForm = Sample.form()) async throws -> MemberID {
        let member = try await signUp(form)
        guard try await confirm(member) == .confirmed else { throw Unexpected() }
        return member
    }

    func signIn(
        _ identifier: String, _ password: String = "grön båt i motvind", through accounts: Accounts? = nil
    ) async throws -> Accounts.SignInResult {
        try await (accounts ?? self.accounts).signIn(
            identifier: identifier, password: EnteredPassword(password),
            from: SignInOrigin(address: "192.0.2.7", device: "Firefox"), command: CommandID(at: clock.now))
    }

    func types(of stream: StreamName) throws -> [String] { try log.events(in: stream).map(\.type.description) }
}
