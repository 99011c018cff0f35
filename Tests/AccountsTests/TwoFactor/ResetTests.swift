import Events
import Testing
import Testkit

@testable import Accounts

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

    @Test func `is reset by the operator for an administrator who has no second to approve`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            await #expect(throws: AccountRefusal.otherAdministratorNeeded) { try await staff.reset(by: .operator) }
            try await staff.propose(by: staff.astrid)
            await #expect(throws: AccountRefusal.otherAdministratorNeeded) { try await staff.reset(by: .operator) }
            try await site.accounts.revokeRole(
                .administrator, from: staff.nils, by: .operator, command: staff.command)
            try await staff.reset(by: .operator)
            #expect(try staff.they.factor == nil)
        }
    }

    @Test func `is reset by the operator without a proposal only for the one administrator there is`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            try await site.accounts.grantRole(
                .administrator, to: staff.they.moa, by: .operator, command: staff.command)
            for (index, other) in [staff.astrid, staff.nils].enumerated() {
                await #expect(throws: AccountRefusal.otherAdministratorNeeded) {
                    try await staff.reset(by: .operator)
                }
                try await site.accounts.revokeRole(
                    .administrator, from: other, by: .operator, command: site.command("revoke \(index)"))
            }
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
