import Accounts
import Events
import Foundation
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Erasing to the end` {
    @Test(.clause("P-16.3"))
    func `leaves nothing of a member in any file, once it is said to be complete`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            // The canaries can be found beforehand: in the views, and the device in the sessions.
            let before = Set(try site.traces().map(\.canary))
            #expect(
                before.isSuperset(of: [
                    ErasureSite.username, ErasureSite.postText, ErasureSite.titleText, ErasureSite.device,
                ]))
            try await site.erase(.owner(Owner(member)))
            #expect(try site.completions == 0)
            #expect(try !site.traces().isEmpty)
            try await site.worker().work()
            #expect(try site.completions == 1)
            #expect(try site.traces() == [])
            try await site.worker().work()
            #expect(try site.completions == 1)
        }
    }

    @Test(.clause("P-16.3"))
    func `ends sessions, links and waiting mail of a former member`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            let tokens = OneTimeTokens(store: site.site.runtime)
            let token = try tokens.issue(.newPassword, for: member, until: site.time.now.advanced(seconds: 60))
            let outbox = try Outbox(store: site.site.runtime, head: site.application.log.head)
            // The texts alone: she stays a member.
            try await site.erase(.kinds([.post, .thread], of: Owner(member)))
            try await site.worker().work()
            #expect(try site.site.sessions.count() == 1)
            #expect(try tokens.state(of: token, for: .newPassword, at: site.time.now) == .valid(member))
            #expect(try outbox.due(at: site.time.now).count == 1)
            try await site.erase(.kinds([.identity, .email], of: Owner(member)))
            try await site.worker().work()
            #expect(try site.site.sessions.count() == 0)
            #expect(try tokens.state(of: token, for: .newPassword, at: site.time.now) == .unknown)
            #expect(try outbox.due(at: site.time.now).isEmpty)
            #expect(try site.completions == 2)
        }
    }

    /// Where the site stops: before any step of the running site, after its own steps, between the views and the other files, after the
    /// files.
    enum Stop: CaseIterable { case atTheFence, afterTheSteps, afterTheViews, afterTheFiles }

    private struct Stopped: Error {}

    @Test(arguments: Stop.allCases)
    func `continues after a stop anywhere, at the next start (P-16.3)`(stop: Stop) async throws {
        let site = try await ErasureSite()
        let member = try await site.joinAndWrite()
        try await site.erase(.owner(Owner(member)))
        switch stop {
        case .atTheFence: break
        case .afterTheSteps: try await site.worker(also: [ErasureStep(.visits) { _ in throw Stopped() }]).work()
        case .afterTheViews: try await site.worker(files: [ErasureFile(.visits) { throw Stopped() }]).work()
        case .afterTheFiles: try await site.worker(files: [ErasureFile(.visits) { false }]).work()
        }
        #expect(try site.completions == 0)
        if stop != .atTheFence { #expect(site.site.erasures.unfinished == 1) }
        await site.close()

        let next = try await ErasureSite(reopening: site.temporary)
        try await next.worker().work()
        #expect(try next.completions == 1)
        #expect(next.site.erasures.unfinished == 0)
        #expect(try next.traces() == [])
        await next.close()
    }

    @Test(arguments: ["log.sqlite", "vault.sqlite", "views-1.sqlite", "runtime.sqlite"])
    func `is unfinished while somebody reads an older state of a file, and complete once nobody does`(
        file: String
    ) async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            let path = site.temporary.files.data.appending(path: file).path
            let reader = try SQLiteConnection(path, .readOnly)
            try reader.run("BEGIN; SELECT * FROM sqlite_schema")
            try await site.erase(.owner(Owner(member)))
            try await site.worker().work()
            #expect(try site.completions == 0)
            #expect(site.site.erasures.unfinished == 1)
            #expect(try Metrics(site.application, site.site).text.contains("\nmikroforetag_erasures_unfinished 1\n"))
            try reader.run("COMMIT")
            try await site.worker().work()
            #expect(try site.completions == 1)
            #expect(site.site.erasures.unfinished == 0)
        }
    }

    @Test func `is shown to the operator when it takes more than an hour, and the site serves all the same`()
        async throws
    {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            try await site.erase(.owner(Owner(member)))
            let fenced = site.time.now
            try await site.worker(also: [ErasureStep(.visits) { _ in throw Stopped() }]).work()
            try await site.browsing { browser async throws in
                site.time.advance(seconds: 3600)
                #expect(try await browser.get("/readyz").text == "ready\n")
                site.time.advance(seconds: 1)
                let late = try await browser.get("/readyz")
                #expect(late.status == 200)
                #expect(late.text == "ready\n1 erasure is not complete, the oldest since \(fenced)\n")
                try await site.worker().work()
                #expect(try await browser.get("/readyz").text == "ready\n")
            }
        }
    }

    @Test func `says what it did in codes and numbers`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            try await site.erase(.owner(Owner(member)))
            try await site.worker(also: [ErasureStep(.visits) { _ in }], files: [ErasureFile(.visits) { true }]).work()
            let event = try #require(
                try site.application.log.events(after: site.application.log.head - 1, limit: 1).first)
            let done = try #require(try ErasureCompleted(event))
            #expect(Set(done.parts) == Set(ErasureCompleted.Part.allCases))
            #expect(Set(done.files) == Set(ErasureCompleted.File.allCases))
            #expect(done.generations == 1)
            // Identity, e-mail, municipality, password, post and title.
            #expect(done.keys.count == 6)
        }
    }

    @Test func `fences again what the ledger names and a restored log does not`() async throws {
        let site = try await ErasureSite()
        let member = try await site.joinAndWrite()
        await site.close()
        let files = site.temporary.files
        let backup = try [files.log, files.vault].map { ($0, try Data(contentsOf: URL(fileURLWithPath: $0))) }
        let second = try await ErasureSite(reopening: site.temporary)
        let token = SecretToken.random()
        try await second.erase(.owner(Owner(member)), receipt: token.receipt)
        await second.close()
        for (path, data) in backup { try data.write(to: URL(fileURLWithPath: path)) }
        // The checkpoint would keep the log from being opened at all.
        try FileManager.default.removeItem(atPath: files.checkpoint)
        let third = try await ErasureSite(reopening: site.temporary)
        let worker = try third.worker()
        await worker.fenceForgotten()
        await third.waitForViews()
        await worker.work()
        #expect(try third.completions == 1)
        #expect(try third.traces() == [])
        // The link given before the erasure leads to the receipt.
        try await third.browsing { browser async throws in
            #expect(try await browser.get("/kvitto/\(token)").contains("Kvitto på radering"))
        }
        await third.close()
    }
}
