import Accounts
import Events
import Foundation
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

@Suite(.clause("P-16.3")) struct `Retention at the shell` {
    /// A site unattended for years: an account was closed, a sign-up never confirmed, pages were read, a link was mailed and a member
    /// stayed signed in.
    private func forgottenSite() async throws -> AccountSite {
        let accounts = try await AccountSite(opened: try #require(Instant("2024-01-10T11:00:00Z")))
        try await LeavingSite.visited(accounts) { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.leave(moa)
            _ = try await site.browser.register(.nils)
            let runtime = try RuntimeStore(at: site.application.files.data.appending(path: "runtime.sqlite").path)
            _ = try Sessions(store: runtime).begin(for: id, device: "Firefox", replacing: nil, at: site.time.now)
            _ = try OneTimeTokens(store: runtime).issue(.newPassword, for: id, until: site.time.now)
            try runtime.close()
            try accounts.visits.close()
            try await site.time.advance(by: Period(days: 336), reminding: [id], by: site.application.accounts)
        }
        return accounts
    }

    private func visits(in data: String) throws -> Int { try VisitFile(at: data + "/visits.sqlite").count() }

    private func types(in data: String) throws -> [String] {
        let log = try LogCopy(LogFiles(data: URL(fileURLWithPath: data)))
        return try log.events(after: 0, limit: log.head()).map(\.type.name)
    }

    @Test func `a dry run lists what is due and changes nothing; a run does it; the next finds nothing`() async throws {
        let site = try await forgottenSite()
        let data = site.temporary.files.data.path
        let before = (try types(in: data), try visits(in: data))
        #expect(before.1 > 0)
        let dry = try await Program.run("retention", "run", "--dry-run", "--data", data)
        #expect(dry.status == 0, "\(dry.errors)")
        let rules = dry.lines.dropLast().map { $0.prefix { $0 != " " } }
        #expect(
            rules == [
                "visits", "sessions", "one-time-links", "key-rotation", "unconfirmed-sign-up", "closed-account",
            ])
        #expect(dry.lines.contains { $0.hasSuffix("since 2024-01-10T11:00:00.000Z  due 2025-01-10T11:00:00.000Z") })
        #expect(dry.lines.last == "\(before.1 + 5) due; nothing was changed.")
        let listed = try await Program.run("retention", "run", "--dry-run", "--json", "--data", data)
        #expect(listed.lines.count == 6)
        #expect(listed.lines.allSatisfy { $0.hasPrefix("{") && $0.contains("\"rule\":") })
        #expect(try types(in: data) == before.0)
        #expect(try visits(in: data) == before.1)

        let run = try await Program.run("retention", "run", "--data", data)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.lines == [
                "visits  \(before.1)", "sessions  1", "one-time-links  1", "key-rotation  1", "unconfirmed-sign-up  1",
                "closed-account  1", "Done.",
            ])
        #expect(try types(in: data).count { $0 == "accounts.purged" } == 1)
        #expect(try visits(in: data) == 0)
        let runtime = try RuntimeStore(at: data + "/runtime.sqlite")
        #expect(try Sessions(store: runtime).count() == 0)
        #expect(try OneTimeTokens(store: runtime).longestExpired() == nil)
        try runtime.close()
        for words in [["--dry-run"], []] {
            let again = try await Program.run(["retention", "run", "--data", data] + words)
            #expect(again.output == (words.isEmpty ? "Nothing was due.\n" : "Nothing is due.\n"))
        }
    }

    @Test func `the same goes through a running site, which sends the last mail as well`() async throws {
        let site = try await forgottenSite()
        let directory = site.temporary.files.data
        let mail = directory.appending(path: "post").path
        let server = try ProgramRun([
            "serve", "--data", directory.path, "--port", "0", "--log-level", "error", "--mail", mail,
        ])
        try await server.wait(for: " is at ")
        let run = try await Program.run("retention", "run", "--data", directory.path)
        #expect(run.status == 0, "\(run.errors)")
        // The site may have run first; nothing was done twice.
        let dry = try await Program.run("retention", "run", "--dry-run", "--data", directory.path)
        #expect(dry.status == 0 && dry.output == "Nothing is due.\n", "\(dry.output)\(dry.errors)")
        #expect(try types(in: directory.path).count { $0 == "accounts.purged" } == 1)
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
        #expect(try visits(in: directory.path) == 0)
        let subjects = try CaughtMail(in: mail).mails().map(\.subject)
        #expect(subjects.count { $0 == "Dina uppgifter är raderade" } == 1)
    }
}
