import Accounts
import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.5")) struct `Data outside the log` {
    @Test func `goes when its time is out: visits after 90 days, sessions after 30, links 7 days after they ran out`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let side = site.application.retention(of: site.accounts.site, confirmation: .none).side
            let tokens = OneTimeTokens(store: site.accounts.site.runtime)
            _ = try await site.join(.moa)
            _ = try tokens.issue(.newPassword, for: site.id("moa"), until: site.time.now)
            try site.accounts.visits.flush()
            let visits = try site.accounts.visits.count()
            let start = site.time.now
            func held() throws -> [Int] {
                let links = try tokens.count(outdatedAt: site.time.now.adding(Period(days: 9999)))
                return [try site.accounts.visits.count(), try site.accounts.site.sessions.count(), links]
            }
            let links = try held()[2]
            #expect(visits > 0 && links > 0)
            let steps: [(seconds: Double, due: [SideRule: Int], rest: [Int])] = [
                (604_800, [:], [visits, 1, links]), (604_801, [.links: 1], [visits, 1, links - 1]),
                (2_592_000, [.sessions: 1, .links: links - 1], [visits, 0, 0]),
            ]
            for (seconds, due, rest) in steps {
                site.time.set(start.advanced(seconds: seconds))
                let run = try await side.run()
                #expect(run == due)
                #expect(try held() == rest)
            }
            site.time.set(start.adding(Period(days: 90)))
            #expect(try side.due().map(\.rule) == [.keyRotation])
            site.time.advance(seconds: 1)
            let head = site.accounts.head
            #expect(try side.due().map(\.rule) == [.visits, .keyRotation])
            #expect(try site.accounts.visits.count() == visits && site.accounts.head == head)
            #expect(try await side.run() == [.visits: visits])
            #expect(try held() == [0, 0, 0])
        }
    }

    @Test func `goes sooner under a policy that says so`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            try await site.publishPolicy(replacing: ["\"session\":\"P30D\"": "\"session\":\"P2D\""])
            #expect(try await site.application.retention(of: site.accounts.site, confirmation: .none).side.run() == [:])
            site.time.advance(by: Period(days: 1))
            #expect(
                try await site.application.retention(of: site.accounts.site, confirmation: .none).side.run() == [
                    .sessions: 1
                ])
        }
    }

    @Test func `shows its age next to its limit, to administrators and in the metrics`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            await site.waitForViews()
            site.time.advance(by: Period(days: 10))
            func metrics() throws -> [Substring] {
                try Metrics(site.application, site.accounts.site).text.split(separator: "\n")
            }
            let oldest = "mikroforetag_retention_oldest_seconds{kind=\"closed-accounts\"}"
            #expect(try metrics().contains("\(oldest) 864000"))
            #expect(
                try metrics().contains(
                    "mikroforetag_retention_limit_seconds{kind=\"closed-accounts\"} \(365 * 86_400)"))
            site.time.advance(by: Period(days: 325))
            #expect(try await site.application.accounts.announcePurge(of: site.id("moa")))
            site.time.advance(by: Period(days: 30))
            site.time.advance(seconds: 2 * 3600 + 1)
            _ = try await nils.signIn("snickar-nisse")
            let page = try await nils.get("/admin/gallring")
            #expect(page.contains("Ligger kvar längre än policyn säger") && page.contains("Över gränsen"))
            #expect(page.contains("Avslutade konton") && page.contains("10 mars 2026 kl."))
            _ = try await site.run()
            #expect(try metrics().contains("\(oldest) 0"))
            #expect(!(try await nils.get("/admin/gallring")).contains("Avslutade konton."))
        }
    }
}
