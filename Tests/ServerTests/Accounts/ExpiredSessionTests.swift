import Accounts
import Events
import Testing
import Testkit

@testable import Server

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
                    of: site.site.sessions, seenUntil: Session.lastSeenOfIdle(at: site.time.now, nil),
                    at: site.time.now,
                    in: site.community.accounts)
                return try site.accountEvents(after: head)
            }
            site.time.advance(seconds: 29 * 86_400)
            #expect(try await used.get("/").contains("Hej moa"))
            #expect(try await expire().isEmpty)
            site.time.advance(seconds: 86_400)
            #expect(try await expire() == [.signedOut(.expired, at: site.time.now)])
            let last = try #require(try site.community.log.events(after: site.head - 1, limit: 1).first)
            #expect(last.actor == .system)
            #expect(try await expire().isEmpty)
            #expect(try await used.get("/").contains("Hej moa"))
            #expect(try site.site.sessions.count() == 1)
        }
    }
}
