import Events
import Testing
import Testkit

@testable import Accounts

/// Moa's second factor, and the codes that her app shows.
struct Factor {
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
