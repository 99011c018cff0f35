import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-10.1")) struct `Placing a legal hold` {
    private struct Staffed {
        let site: AccountsSite
        let moa: MemberID
        let astrid: MemberID
        let nils: MemberID

        init(_ site: AccountsSite) async throws {
            self.site = site
            moa = try await site.member()
            astrid = try await site.member(Sample.astrid)
            nils = try await site.member(Sample.nils)
            for administrator in [astrid, nils] {
                try await site.accounts.grantRole(
                    .administrator, to: administrator, by: .operator, command: CommandID(at: site.clock.now))
            }
        }

        var isHeld: Bool { get throws { try site.accounts.hold(on: moa) != .inactive } }

        func day(_ period: Period) -> CalendarDate { site.clock.now.adding(period).stockholmDate }

        func propose(
            by administrator: MemberID, until day: CalendarDate? = nil, isSecret: Bool = true
        ) async throws -> HoldProposalID {
            let command = CommandID(at: site.clock.now)
            try await site.accounts.proposeHold(
                on: moa, #require(HoldReference("K-1")), isSecret: isSecret, until: day ?? self.day(Period(days: 30)),
                by: administrator, command: command)
            return HoldProposalID(createdBy: command)
        }

        func confirm(_ id: HoldProposalID, by actor: Actor) async throws {
            try await site.accounts.confirmHold(on: moa, id, by: actor, command: CommandID(at: site.clock.now))
        }
    }

    @Test func `takes two administrators, and one of them alone holds nothing`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            await #expect(throws: AccountRefusal.notAllowed) { _ = try await staff.propose(by: staff.moa) }
            let id = try await staff.propose(by: staff.astrid)
            #expect(try !staff.isHeld)
            #expect(try site.accounts.disclosedHolds(on: staff.moa).isEmpty)
            await #expect(throws: AccountRefusal.sameAdministrator) {
                try await staff.confirm(id, by: .member(staff.astrid))
            }
            await #expect(throws: AccountRefusal.otherAdministratorNeeded) {
                try await staff.confirm(id, by: .operator)
            }
            for actor in [Actor.visitor, .member(staff.moa)] {
                await #expect(throws: AccountRefusal.self) { try await staff.confirm(id, by: actor) }
            }
            await #expect(throws: AccountRefusal.alreadyDecided) {
                try await staff.confirm(HoldProposalID(rawValue: 1), by: .member(staff.nils))
            }
            try await staff.confirm(id, by: .member(staff.nils))
            #expect(try staff.isHeld)
        }
    }

    @Test func `takes the operator where there is one administrator, besides the member herself`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            try await site.accounts.revokeRole(
                .administrator, from: staff.nils, by: .operator, command: site.command("n"))
            try await site.accounts.grantRole(.administrator, to: staff.moa, by: .operator, command: site.command("m"))
            let id = try await staff.propose(by: staff.astrid)
            await #expect(throws: AccountRefusal.ownMatter) { try await staff.confirm(id, by: .member(staff.moa)) }
            try await staff.confirm(id, by: .operator)
            #expect(try staff.isHeld)
        }
    }

    @Test func `comes to nothing when it is declined, seven days pass, or its proposer is no administrator any more`()
        async throws
    {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            func isRefused(_ id: HoldProposalID) async throws {
                await #expect(throws: AccountRefusal.alreadyDecided) {
                    try await staff.confirm(id, by: .member(staff.nils))
                }
                #expect(try !staff.isHeld)
            }
            let declined = try await staff.propose(by: staff.astrid)
            try await site.accounts.declineHold(
                on: staff.moa, declined, by: .member(staff.astrid), command: site.command("decline"))
            try await isRefused(declined)
            let lapsed = try await staff.propose(by: staff.astrid)
            site.clock.advance(by: Period(days: 7))
            try await isRefused(lapsed)
            #expect(try await site.accounts.endHold(on: staff.moa))
            let orphaned = try await staff.propose(by: staff.astrid)
            try await site.accounts.revokeRole(
                .administrator, from: staff.astrid, by: .operator, command: site.command("revoke"))
            try await isRefused(orphaned)
        }
    }

    @Test func `needs a last day, today or within a year`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            let yesterday = site.clock.now.subtracting(.day).stockholmDate
            await #expect(throws: AccountRefusal.datedInThePast(yesterday)) {
                _ = try await staff.propose(by: staff.astrid, until: yesterday)
            }
            let latest = staff.day(.year)
            let later = latest.startInStockholm.adding(Period(days: 1)).stockholmDate
            await #expect(throws: AccountRefusal.holdTooLong(until: latest)) {
                _ = try await staff.propose(by: staff.astrid, until: later)
            }
            _ = try await staff.propose(by: staff.astrid, until: latest)
        }
    }

    @Test func `ends after its last day with what it deferred, unless two renew it`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            try await staff.confirm(try await staff.propose(by: staff.astrid), by: .member(staff.nils))
            try await site.changeEmail(of: staff.moa)
            site.clock.advance(by: Period(days: 20))
            _ = try await site.accounts.completeEmailChange(of: staff.moa)
            #expect(try !site.log.deferredErasures().isEmpty)

            let renewal = try await staff.propose(by: staff.nils, isSecret: false)
            try await staff.confirm(renewal, by: .member(staff.astrid))
            site.clock.advance(by: Period(days: 29))
            #expect(try await !site.accounts.endHold(on: staff.moa))
            #expect(try site.accounts.disclosedHolds(on: staff.moa).map(\.liftedAt) == [nil])
            site.clock.advance(by: Period(days: 2))
            #expect(try await site.accounts.endHold(on: staff.moa))
            #expect(try site.log.deferredErasures().isEmpty)
            #expect(try !staff.isHeld)
        }
    }

    @Test func `cannot make secret again what the member was told`() async throws {
        try await AccountsSite.with { site in
            let staff = try await Staffed(site)
            for isSecret in [false, true] {
                let id = try await staff.propose(by: staff.astrid, isSecret: isSecret)
                try await staff.confirm(id, by: .member(staff.nils))
                #expect(try site.accounts.disclosedHolds(on: staff.moa).count == 1)
                site.clock.advance(by: .day)
            }
        }
    }
}
