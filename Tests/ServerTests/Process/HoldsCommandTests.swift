import Events
import Foundation
import Testing
import Testkit

@testable import Accounts
@testable import Processes
@testable import Server

@Suite(.clause("P-10.1")) struct `Legal holds at the shell` {
    @Test func `are listed, confirmed where there is one administrator, and lifted, with and without a running site`()
        async throws
    {
        let alone = try await ProgramSite()
        #expect(try await alone.run("holds", "list").output == "Nothing is held.\n")
        let (member, proposal) = try await alone.proposedHold(on: "medlem1-1", by: "medlem1-2")
        let served = try alone.copy()
        let server = try await served.serve()
        for site in [alone, served] {
            let waiting = try await site.run("holds", "list")
            #expect(waiting.output.contains("proposed") && waiting.output.contains("proposal \(proposal)"))
            let confirmed = try await site.run("holds", "confirm", proposal)
            #expect(confirmed.status == 0 && confirmed.output.contains("\(member) is held"), "\(confirmed.errors)")
            let listed = try await site.run("holds", "list", "--json")
            #expect(listed.output.contains("\"state\":\"in force\"") && listed.output.contains("\"secret\":true"))
            #expect(!listed.output.contains("K-1"))
            let again = try await site.run("holds", "confirm", proposal)
            #expect(again.status == 2 && again.errors.split(separator: "\n").count == 1, "\(again.errors)")
            #expect(try await site.run("holds", "lift", member).output.contains("is released"))
            #expect(try site.lastEvents(5).contains { $0.contains("oversight.hold-confirmed.v1 operator") })
            #expect(try site.lastEvents(5).contains { $0.contains("oversight.hold-lifted.v1 operator") })
        }
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test func `are not confirmed by the operator where a second administrator can`() async throws {
        let site = try await ProgramSite()
        let (_, proposal) = try await site.proposedHold(on: "medlem1-1", by: "medlem1-2")
        _ = try await site.run("members", "grant-role", "medlem1-0", "administrator")
        let refused = try await site.run("holds", "confirm", proposal)
        #expect(refused.status == 2 && refused.errors.contains("another approves"), "\(refused.errors)")
        for wrong in ["nothing", "0000000000000"] {
            let refused = try await site.run("holds", "confirm", wrong)
            #expect(refused.status == 2 && refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        }
        #expect(try await site.run("holds", "lift", "nobody").status == 2)
    }
}

extension ProgramSite {
    /// Makes a member the only administrator, who proposes a secret hold, in files that no site serves.
    func proposedHold(on name: String, by proposer: String) async throws -> (member: String, proposal: String) {
        let application = try Application(files, clock: .system, hasher: PasswordHasher(cost: .quick))
        let (member, administrator) = (
            try application.member(named: name), try application.member(named: proposer)
        )
        let now = application.clock.now()
        let granting = CommandID(named: "administrator", at: now)
        try await application.accounts.grantRole(
            .administrator, to: administrator, by: .operator, command: granting)
        let proposing = CommandID(named: "hold", at: now)
        try await application.accounts.proposeHold(
            on: member, try #require(HoldReference("K-1")), isSecret: true,
            until: now.adding(Period(days: 30)).stockholmDate, by: administrator, command: proposing)
        await application.close()
        return (member.description, HoldProposalID(createdBy: proposing).description)
    }
}
