import Accounts
import Events
import Foundation
import FoundationNetworking
import HTTPTypes
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Visiting the site` {
    private static let here: HTTPFields = [.userAgent: firefox, .token("X-Forwarded-For"): "192.0.2.77"]

    @Test(.clause("P-05.2"))
    func `signing in mid-visit never stitches backwards: no number, cookie or address is shared with what came before`()
        async throws
    {
        try await AccountSite.visited(trustedProxies: ["127.0.0.1", "::1"], over: .live) { site, client async throws in
            try await site.join(.moa, with: client)
            let first = try site.visits.rows().count
            let browser = Browser(client)
            var cookies: Set<String> = []
            for path in ["/om", "/integritetspolicy", "/logga-in"] {
                _ = try await browser.get(path, headers: Self.here)
                cookies.formUnion([browser.cookie].compactMap(\.self))
            }
            let answer = try await browser.post(
                "/logga-in", ["identifier": "moa", "password": AccountSite.password], headers: Self.here)
            #expect(answer.status == 303)
            for path in ["/om", "/logga-ut"] { _ = try await browser.get(path, headers: Self.here) }
            cookies.formUnion([browser.cookie].compactMap(\.self))
            _ = try await browser.post("/logga-ut", [:], headers: Self.here)
            for path in ["/om", "/logga-in"] { _ = try await browser.get(path, headers: Self.here) }
            cookies.formUnion([browser.cookie].compactMap(\.self))

            let rows = try site.visits.rows().dropFirst(first).map(\.self)
            let moa = try #require(try site.application.accounts.find(Username("moa")))
            #expect(rows.map(\.page).count == 9)
            let (before, signingIn, during, after) = (rows[0..<3], rows[3], rows[4..<7], rows[7..<9])
            #expect(before.allSatisfy { $0.member == nil && $0.address == "192.0.2.0/24" })
            #expect(signingIn.member == nil && signingIn.address == "192.0.2.0/24" && signingIn.status == 303)
            #expect(during.allSatisfy { $0.member == moa.description && $0.address == "192.0.2.77" })
            #expect(after.allSatisfy { $0.member == nil && $0.address == "192.0.2.0/24" })
            let numbers = [before.map(\.visit), [signingIn.visit], during.map(\.visit), after.map(\.visit)]
            #expect(numbers.map { Set($0).count } == [1, 1, 1, 1])
            #expect(Set(numbers.joined()).count == 4)

            #expect(cookies.count == 3)
            try site.visits.close()
            let file = try Data(contentsOf: URL(fileURLWithPath: site.visits.path))
            for cookie in cookies {
                let token = try #require(SecretToken(String(cookie.drop { $0 != "=" }.dropFirst())))
                for trace in [Data(token.description.utf8), token.hash] { #expect(file.range(of: trace) == nil) }
            }
            #expect(file.range(of: Data("Mozilla".utf8)) == nil)
        }
    }

    @Test(.clause("P-08.6")) func `a visit has its number without a cookie`() async throws {
        try await AccountSite.visited { site, client async throws in
            for _ in 0..<2 {
                let answer = try await Browser(client).get("/om", headers: Self.here)
                #expect(answer.cookies.isEmpty)
            }
            let rows = try site.visits.rows()
            #expect(rows.count == 2 && rows[0].visit != nil && rows[0].visit == rows[1].visit)
        }
    }

    @Test(.clause("P-05.2")) func `each signing in begins another visit of the same member`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            for _ in 0..<2 {
                let browser = Browser(client)
                _ = try await browser.signIn("moa")
                _ = try await browser.get("/om")
            }
            let moa = try #require(try site.application.accounts.find(Username("moa")))
            let visits = try site.visits.visits(of: moa)
            #expect(visits.count == 2 && Set(visits.map(\.number)).count == 2)
        }
    }

    @Test(.clause("P-16.5"))
    func `a member who closes the account is unlinked, in every way, or when the site starts again`()
        async throws
    {
        for isWatched in [true, false] {
            try await AccountSite.visited { site, client async throws in
                try await site.join(.moa, with: client)
                let browser = Browser(client)
                _ = try await browser.signIn("moa")
                _ = try await browser.get("/om")
                let moa = try #require(try site.application.accounts.find(Username("moa")))
                let keeper = SessionKeeper(
                    application: site.application, site: site.site,
                    ending: try SessionEnding(site.application, site.site.stores))
                _ = try await keeper.follow(after: 0)
                try await keeper.endThoseOfOthers()
                #expect(try site.visits.visits(of: moa).count == 1)
                try await site.application.accounts.close(
                    moa, password: EnteredPassword(AccountSite.password), texts: .anonymise, marked: [],
                    command: CommandID(at: site.time.now))
                if isWatched {
                    _ = try await keeper.follow(after: 0)
                } else {
                    try await keeper.endThoseOfOthers()
                }
                #expect(try site.visits.visits(of: moa).isEmpty)
                #expect(try site.visits.rows().allSatisfy { $0.member == nil })
            }
        }
    }

    @Test(.clause("P-05.1")) func `the hourly jobs prune, but not by a clock that has just jumped`() async throws {
        try await AccountSite.visited { site, client async throws in
            _ = try await Browser(client).get("/om")
            let work = HourlyJobs(application: site.application, site: site.site)
            try site.visits.flush()
            await work.work(isTimeTrusted: true)
            #expect(try site.visits.count() == 1)
            site.time.advance(by: Period(days: 91))
            await work.work(isTimeTrusted: false)
            #expect(try site.visits.count() == 1)
            await work.work(isTimeTrusted: true)
            #expect(try site.visits.count() == 0)
        }
    }

    @Test(.clause("P-05.1")) func `every page is recorded by its route, with how it went; what is no page is not`()
        async throws
    {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            for path in [
                "/healthz", site.site.assets.styleSheet.url, "/", "/om?namn=Anna", "/bekrafta/hemligt",
                "/finns-inte/anna",
                "/integritetspolicy/1912-12-12",
            ] { _ = try await browser.get(path) }
            _ = try await browser.signIn("nobody", "fel")
            let rows = try site.visits.rows()
            #expect(
                rows.map { "\($0.page ?? "–") \($0.status ?? 0)" } == [
                    "/ 200", "/om 200", "/bekrafta/{token} 404", "– 404", "/integritetspolicy/{version} 404",
                    "/logga-in 200", "/logga-in 422",
                ])
            #expect(rows.allSatisfy { $0.pageID == nil && $0.referrer == nil })
        }
    }

    @Test(.clause("P-05.1"))
    func `a stopped site has written what it knows, for itself alone to read, and nothing of it into its log`()
        async throws
    {
        let site = try await ProgramSite()
        let port = Int.random(in: 20_000...30_000)
        let run = try ProgramRun([
            "serve", "--data", site.data, "--port", "\(port)", "--log-level", "info", "--mail", site.data + "/mail",
        ])
        try await run.wait(for: " is at ")
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)/om")))
        request.setValue("Mozilla/5.0 hemlig-webblasare Firefox/1", forHTTPHeaderField: "User-Agent")
        // The program prints its address a moment before it listens.
        while run.isRunning, (try? await URLSession.shared.data(for: request)) == nil {
            try await Task.sleep(for: .milliseconds(20))
        }
        run.signal(SIGTERM)
        let ended = try await run.finish()
        #expect(ended.status == 0)
        #expect(ended.errors.contains("/om") && !ended.errors.contains("hemlig"))
        let path = site.files.data.appending(path: "visits.sqlite").path
        #expect(FileManager.default.contents(atPath: path + "-wal")?.isEmpty ?? true)
        for name in ["log.sqlite", "vault.sqlite", "runtime.sqlite", "visits.sqlite", "checkpoint", "keys"] {
            let file = site.files.data.appending(path: name).path
            let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(permissions.map { $0 & 0o077 } == 0, "\(name)")
        }
        let connection = try Events.SQLiteConnection(path, .immutable)
        #expect(try connection.text("SELECT page || browser || ip_address FROM visits") == "/omfirefox127.0.0.0/24")
    }
}
