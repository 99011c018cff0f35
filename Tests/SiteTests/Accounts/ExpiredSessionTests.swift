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

@Suite(.clause("P-12.1")) struct `A session that nobody uses` {
    @Test func `is recorded as signed out by itself after thirty days, once`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            _ = try await Browser(client).signIn("moa")
            let used = Browser(client)
            _ = try await used.signIn("moa")
            let signIns = try SignInRecords(store: site.site.runtime)
            func expire() async throws -> [AccountEvent] {
                let head = site.head
                try await signIns.expireSessions(
                    of: site.site.sessions, over: SessionLimits(at: site.time.now, nil), at: site.time.now,
                    in: site.application.accounts)
                return try site.accountEvents(after: head)
            }
            site.time.advance(seconds: 29 * 86_400)
            #expect(try await used.get("/").contains("Hej moa"))
            #expect(try await expire().isEmpty)
            site.time.advance(seconds: 86_400)
            #expect(try await expire() == [.signIn(.signedOut(.expired))])
            let last = try #require(try site.application.log.events(after: site.head - 1, limit: 1).first)
            #expect(last.actor == .system)
            #expect(try await expire().isEmpty)
            #expect(try await used.get("/").contains("Hej moa"))
            #expect(try site.site.sessions.count() == 1)
        }
    }

    @Test func `and one that is used every week end when ninety days have passed since signing in`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let used = Browser(client)
            _ = try await used.signIn("moa")
            let member = try #require(try site.application.accounts.find(Username("moa")))
            for _ in 1...12 {
                site.time.advance(by: Period("P7D")!)
                #expect(try await used.get("/").contains("Hej moa"))
            }
            site.time.advance(by: Period("P5D")!)
            #expect(try await used.get("/").contains("Hej moa"))
            site.time.advance(by: Period(days: 1))
            #expect(try await !used.get("/").contains("Hej moa"))
            #expect(try site.site.sessions.list(of: member, at: site.time.now).isEmpty)
            let (head, limits) = (site.head, SessionLimits(at: site.time.now, try site.application.accounts.policies()))
            try await SignInRecords(store: site.site.runtime).expireSessions(
                of: site.site.sessions, over: limits, at: site.time.now, in: site.application.accounts)
            #expect(try site.accountEvents(after: head) == [.signIn(.signedOut(.expired))])
            #expect(try site.site.sessions.count() == 0)
        }
    }

    @Test func `lives as long as the policy says`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let shorter = try PolicyDocument.first()
            let json = shorter.rules.json.replacing("2019-08-18", with: "2026-06-01")
                .replacing("\"sessionLifetime\":\"P90D\"", with: "\"sessionLifetime\":\"P10D\"")
            let next = try PolicyDocument(text: shorter.text.markdown, rules: json)
            try await site.application.accounts.publish(next, by: .operator, command: CommandID(at: site.time.now))
            site.time.set(next.version.startInStockholm.advanced(seconds: 60))
            let used = Browser(client)
            _ = try await used.signIn("moa")
            site.time.advance(by: Period("P9D")!)
            let member = try #require(try site.application.accounts.find(Username("moa")))
            #expect(try site.site.sessions.list(of: member, at: site.time.now).count == 1)
            site.time.advance(by: Period(days: 1))
            #expect(try site.site.sessions.list(of: member, at: site.time.now).isEmpty)
        }
    }
}
