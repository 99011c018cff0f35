import Accounts
import Foundation
import Testing
import Testkit

@testable import Events
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
        _ = try await epochs.work()
        #expect(try log.replacedEpochs().map(\.epoch) == [1])
        site.time.advance(seconds: 1)
        _ = try await epochs.work()
        #expect(try log.replacedEpochs() == [])
        _ = try await epochs.work()
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

    @Test(.clause("P-16.3")) func `replace the earlier ones by themselves when the policy says so, and not before`()
        async throws
    {
        let site = try await StaffedSite()
        let (log, epochs) = (site.application.log, KeyEpochs(application: site.application))
        let due = try #require(try epochs.status(at: site.time.now).rotation)
        #expect(due == log.identity.created.adding(Period(days: 90)))
        site.time.set(due.advanced(seconds: -1))
        #expect(try await epochs.work() == [:])
        site.time.set(due)
        #expect(try await epochs.work() == [.keyRotation: 1])
        #expect(try await epochs.work() == [:])
        var history = try log.keyHistory()
        #expect(history.epoch == 2 && history.since == due)
        #expect(try log.events(in: StreamName("keys")).map(\.actor) == [.system])
        // The replaced keys, and with them every backup from before, are gone a month later.
        site.time.advance(by: Period(days: 30))
        #expect(try await epochs.work() == [.keys: 1])
        site.time.advance(by: Period(days: 60))
        #expect(try await epochs.work() == [.keyRotation: 1])
        history = try log.keyHistory()
        #expect(history.epoch == 3 && history.replaced.map(\.epoch) == [2])
        #expect(try site.application.member(named: "eva") == site.eva)
        await site.close()
    }

    @Test func `replace the earlier ones once, also when the site was killed in between`() async throws {
        let site = try await StaffedSite()
        let epochs = KeyEpochs(application: site.application)
        site.time.advance(by: Period(days: 90))
        // The new keys are there, and nothing is wrapped under them yet.
        _ = try site.application.log.keyring.addEpoch()
        #expect(try await epochs.work() == [.keyRotation: 1])
        #expect(try await epochs.work() == [:])
        #expect(try site.application.log.keyHistory().epoch == 2)
        await site.close()
    }

    @Test func `wait for a backup without holding up the rest`() async throws {
        try await LeavingSite.visited { site async throws in
            site.time.advance(by: Period(days: 90))
            try await site.application.log.maintenance.alone(.backup) {
                let run = try await site.run()
                #expect(run.side[.keyRotation] == nil && !run.keysFailed)
            }
            #expect(try await site.run().side[.keyRotation] == 1)
        }
    }

    @Test func `that cannot be written are told of, and hold up no erasure`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.browser.register(.nils)
            site.time.advance(by: Period(days: 90))
            let inTheWay = site.application.files.keys.appending(path: "hash-2.key")
            try FileManager.default.createDirectory(at: inTheWay, withIntermediateDirectories: false)
            let run = try await site.run()
            #expect(run.keysFailed && run.failed.isEmpty && run.done == [.unconfirmedSignUp: 1])
            try FileManager.default.removeItem(at: inTheWay)
            #expect(try await site.run().side[.keyRotation] == 1)
        }
    }

    @Test func `are shown to administrators with their times, and asked to be backed up`() async throws {
        let site = try await StaffedSite()
        let log = site.application.log
        let warning = "Huvudnycklarna har inte säkerhetskopierats sedan de togs i bruk den 10 mars 2026"
        try await site.browsing(as: site.astrid) { browser async throws in
            for page in ["/admin", "/admin/lagring"] { #expect(try await browser.get(page).text.contains(warning)) }
            let page = try await browser.get("/admin/lagring").text
            #expect(page.contains("Byts nästa gång") && page.contains("8 juni 2026"))
            #expect(page.contains("Inte sedan dess") && page.contains("Inga finns kvar"))
            let copy = site.application.files.data.deletingLastPathComponent().appending(path: "copy-of-keys")
            try FileManager.default.copyItem(at: site.application.files.keys, to: copy)
            _ = try await log.confirmKeysBackup(in: copy, by: .operator, at: site.time.now)
            for page in ["/admin", "/admin/lagring"] { #expect(try await !browser.get(page).text.contains(warning)) }
            _ = try await log.rotateKeys(claims: Accounts.claims, by: .operator, at: site.time.now)
            #expect(try await browser.get("/admin").text.contains(warning))
            #expect(try await browser.get("/admin/lagring").text.contains("1 kvar; nästa förstörs"))
            try FileManager.default.removeItem(at: copy)
        }
        try await site.browsing(as: site.moa) { browser async throws in
            #expect(try await !browser.get("/admin").text.contains("Huvudnycklarna"))
        }
        await site.close()
    }
}
