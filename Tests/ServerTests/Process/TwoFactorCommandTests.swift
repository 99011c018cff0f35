import Events
import Foundation
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.1")) struct `Resetting a second factor at the shell` {
    private let secret = TOTPSecret(Array("hemligheten i appen!".utf8))

    /// A signed-in member with a second factor, in files that no site serves.
    private func prepared() async throws -> (site: ProgramSite, member: MemberID) {
        let site = try await ProgramSite()
        let application = try Application(site.files, clock: .system, hasher: PasswordHasher(cost: .quick))
        let member = try application.member(named: "medlem1-1")
        let now = application.clock.now()
        _ = try await application.accounts.enableTwoFactor(
            of: member, with: secret, first: EnteredCode(secret.code(at: TOTPSecret.step(at: now))),
            command: CommandID(at: now))
        // The only administrator, for whom nobody else can propose it.
        try await application.accounts.grantRole(
            .administrator, to: member, by: .operator, command: CommandID(named: "administrator", at: now))
        await application.close()
        let runtime = try RuntimeStore(at: site.files.data.appending(path: "runtime.sqlite").path)
        _ = try Sessions(store: runtime).begin(for: member, device: "Firefox", replacing: nil, at: now)
        try runtime.close()
        return (site, member)
    }

    private func sessions(_ site: ProgramSite) throws -> Int {
        let runtime = try RuntimeStore(at: site.files.data.appending(path: "runtime.sqlite").path)
        defer { try? runtime.close() }
        return try Sessions(store: runtime).count()
    }

    @Test func `removes it and ends every session, with and without a running site`() async throws {
        let (alone, member) = try await prepared()
        #expect(try sessions(alone) == 1)
        let served = try alone.copy()
        let server = try await served.serve()
        for site in [alone, served] {
            let done = try await site.run("members", "reset-two-factor", "medlem1-1")
            #expect(done.status == 0 && done.output.contains("without two-factor sign-in"), "\(done.errors)")
            let events = try site.events(in: StreamName(member)).map { $0.split(separator: " ").dropFirst() }
            #expect(
                events.contains { $0.first == "accounts.two-factor-reset.v1" && $0.dropFirst().first == "operator" })
            let again = try await site.run("members", "reset-two-factor", "medlem1-1")
            #expect(again.status == 2 && again.errors.contains("two-factor sign-in is off"))
            #expect(again.errors.split(separator: "\n").count == 1)
        }
        #expect(try sessions(alone) == 0)
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
        #expect(try sessions(served) == 0)
        #expect(try await alone.run("members", "reset-two-factor", "nobody").status == 2)
    }
}
