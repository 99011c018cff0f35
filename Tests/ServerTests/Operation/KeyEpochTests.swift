import Accounts
import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Replaced keys` {
    @Test(.clause("P-16.3")) func `are destroyed when the policy's period is over, and not before`() async throws {
        let site = try await StaffedSite()
        let (log, epochs) = (site.application.log, KeyEpochs(application: site.application))
        _ = try await log.rotateKeys(claims: Accounts.claims, by: .operator, at: site.time.now)
        let period = try site.application.accounts.policyInForce(at: site.time.now).rules.retention.replacedKeyEpoch
        let due = site.time.now.adding(period)
        site.time.advance(seconds: Double(due.milliseconds - site.time.now.milliseconds) / 1000 - 1)
        try await epochs.work()
        #expect(try log.replacedEpochs().map(\.epoch) == [1])
        site.time.advance(seconds: 1)
        try await epochs.work()
        #expect(try log.replacedEpochs() == [])
        try await epochs.work()
        #expect(try log.events(in: StreamName("keys")).count == 2)
        #expect(try site.application.member(named: "eva") == site.eva)
        await site.close()
    }

    @Test func `hash every name anew, so that nobody is lost and no name is given twice (P-06.1)`() async throws {
        let site = try await StaffedSite()
        let log = site.application.log
        let names = try ["astrid", "moa", "greta", "eva"].map { try Username($0) }
        _ = try await log.rotateKeys(claims: Accounts.claims, by: .operator, at: site.time.now)
        let replaced = try #require(try log.replacedEpochs().first)
        try await log.destroyEpoch(replaced, by: .system, at: site.time.now)
        let found = try names.map { try site.application.accounts.find($0) }
        #expect(found == [site.astrid, site.moa, site.greta, site.eva])
        await site.close()
    }
}
