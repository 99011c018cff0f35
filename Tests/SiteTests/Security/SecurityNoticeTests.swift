import Accounts
import Events
import GRDB
import HummingbirdTesting
import Logging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `What may be an attack` {
    private static let wrong = "fel fel fel fel"

    @Test func `against one account is an event once a day, from the tenth failed sign-in, and its owner sees it`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            let head = site.accounts.head
            for _ in 0..<9 { #expect(try await site.browser.signIn("moa", Self.wrong).status == 422) }
            #expect(site.accounts.head == head)
            #expect(try await site.securityEvents(since: head).isEmpty)
            #expect(!(try await moa.get("/installningar").contains("Försök mot ditt konto")))
            for _ in 0..<5 { _ = try await site.browser.signIn("moa", Self.wrong) }
            let noticed = try await site.securityEvents(since: head)
            #expect(noticed.map(\.kind) == [.failedSignIn])
            #expect(try noticed.first?.member == site.id("moa"))
            _ = try await site.browser.signIn("moa", Self.wrong)
            #expect(try await site.securityEvents(since: head).count == 1)

            let settings = try await moa.get("/installningar")
            #expect(settings.contains("Någon försökte logga in på ditt konto") && settings.contains("minst 14"))
            #expect(try await nils.get("/admin/lagring").contains("Många misslyckade inloggningar, minst 14 den dagen"))
            #expect(!(try await nils.get("/installningar").contains("Försök mot ditt konto")))

            site.time.advance(by: Period(days: 1))
            for _ in 0..<10 { _ = try await site.browser.signIn("moa", Self.wrong) }
            #expect(try await site.securityEvents(since: head).count == 2)
        }
    }

    @Test func `tells nothing of a name that belongs to nobody, and of its network only`() async throws {
        try await LeavingSite.visited { site async throws in
            let head = site.accounts.head
            for number in 0..<30 { _ = try await site.browser.signIn("ingen\(number)", Self.wrong) }
            let noticed = try await site.securityEvents(since: head)
            #expect(noticed.map(\.kind) == [.failedSignIn] && noticed.map(\.member) == [nil])
            let clear = try site.clearParts(since: head)
            #expect(!clear.contains { $0.contains("ingen") || $0.contains("127.0.0.1") })
        }
    }

    @Test func `is also a member at the doors of the staff, a form without its token, and too many requests`()
        async throws
    {
        try await LeavingSite.visited(limits: [.mail: RateLimit(2, per: .hour)]) { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let head = site.accounts.head
            for _ in 0..<5 { #expect(try await moa.get("/admin").status == 403) }
            #expect(try await site.securityEvents(since: head).map(\.kind) == [.refusedRole, .refusedRole])
            for _ in 0..<10 { #expect(try await moa.post("/sajtinstallningar", ["csrf": "fel"]).status == 403) }
            for _ in 0..<25 { _ = try await moa.post("/kontakt", [:]) }
            let kinds = try await site.securityEvents(since: head)
            #expect(Set(kinds.map(\.kind)) == [.refusedRole, .forgedToken, .throttled])
            #expect(Set(kinds.map(\.member)) == [nil, id])
        }
    }

    @Test func `is mailed to administrators once a day for each kind, without a name or an address`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.administrator()
            for applicant in [Applicant.moa, .astrid] { _ = try await site.join(applicant) }
            _ = try await site.accounts.mails()
            for name in ["moa", "astrid"] {
                for _ in 0..<10 { _ = try await site.browser.signIn(name, Self.wrong) }
            }
            try await site.recordIncidents()
            let mails = try await site.accounts.mails().filter { $0.subject.contains("Säkerheten hos") }
            #expect(mails.map(\.to) == ["<nils@example.se>"])
            #expect(mails.allSatisfy { !$0.body.contains("moa") && !$0.body.contains("127.0.0.1") })
        }
    }

    @Test func `gives 100 notices a day at most, however many networks take part`() async throws {
        try await LeavingSite.visited { site async throws in
            let head = site.accounts.head
            for network in 0..<150 {
                let address = try #require(ClientAddress("198.51.\(network / 100).\(network % 100)"))
                for _ in 0..<20 { site.accounts.site.security.note(.throttled, to: nil, from: address, on: "Firefox") }
            }
            #expect(try await site.securityEvents(since: head).count == 100)
            site.accounts.site.security.note(.throttled, to: nil, from: .unknown, on: "Firefox")
            #expect(try await site.securityEvents(since: head).count == 100)
        }
    }

    @Test(.clause("P-16.5")) func `keeps its origin for the time of sign-ins, and loses it with the account`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let head = site.accounts.head
            for _ in 0..<30 { _ = try await site.browser.signIn("moa", Self.wrong) }
            let noticed = try await site.securityEvents(since: head)
            #expect(noticed.count == 2 && noticed.allSatisfy { $0.origin.value.value != nil })
            site.time.advance(by: try #require(Period("P190D")))
            await site.waitForViews()
            _ = try await site.application.retention.run()
            #expect(try await site.securityEvents(since: head).allSatisfy { $0.origin.value == .erased })
            _ = try await moa.signIn("moa")
            #expect(try await moa.get("/installningar").contains("Raderat"))
        }
    }

    @Test func `is counted in the metrics, and its counts are gone the next day`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            _ = try await moa.get("/admin")
            try await site.recordIncidents()
            let totals = site.accounts.site.security.totals
            #expect(totals.first { $0.kind == .refusedRole }?.count == 1)
            #expect(try site.storedCounts() == 2)
            try SecurityCounts(store: site.accounts.site.runtime).prune(
                except: site.time.now.adding(Period(days: 1)).stockholmDate)
            #expect(try site.storedCounts() == 0)
        }
    }
}

extension LeavingSite {
    fileprivate func recordIncidents() async throws {
        try await SecurityWorker(
            accounts: application.accounts, monitor: accounts.site.security, store: accounts.site.runtime,
            clock: time.clock, logger: Logger(label: "test")
        ).work()
        await waitForViews()
    }

    /// The notices in the log after a position, once everything that was collected is counted.
    fileprivate func securityEvents(since position: Int) async throws -> [SecurityNotice] {
        try await recordIncidents()
        return try application.log.events(after: position, limit: 1000).compactMap { event in
            guard case .noticed(let notice)? = try SecurityEvent.decode(event) else { return nil }
            return notice
        }
    }

    fileprivate func clearParts(since position: Int) throws -> [String] {
        try application.log.events(after: position, limit: 1000).map {
            String(decoding: $0.clear.bytes, as: UTF8.self)
        }
    }

    fileprivate func storedCounts() throws -> Int {
        try accounts.site.runtime.database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM security_counts") ?? 0
        }
    }
}
