import Accounts
import Events
import Forum
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-06.3")) struct `A post that its author deletes` {
    private struct Given: Sendable {
        let moa: MemberID
        let path: String
        let post: PostID
        let author: Browser
        let other: Browser
    }

    private func given(_ body: @Sendable (ForumSite, Given) async throws -> Void) async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let post = try await site.reply("Hemlig vers", to: thread, by: moa)
            let nils = try await site.member("nils")
            try await site.reply("[citat \(post)]\n\nFint!", to: thread, by: nils)
            try await body(
                site,
                Given(
                    moa: moa, path: "/trad/\(thread)/hej-hej", post: post,
                    author: try await site.browser(client, as: moa), other: try await site.browser(client, as: nils)))
        }
    }

    private func press(_ site: ForumSite, _ browser: Browser, _ path: String, at page: String) async throws -> Int {
        _ = try await browser.get(page)
        let status = try await browser.post(path, ["command": "\(site.command())"]).status
        await site.waitForViews()
        return status
    }

    @Test func `is gone at once for everybody, and comes back where it stood when she undoes it`() async throws {
        try await given { site, given async throws in
            let erase = "/inlagg/\(given.post)/radera"
            #expect(try await given.author.get(erase).contains("dagar kan du ångra dig."))
            #expect(try await press(site, given.author, erase, at: erase) == 303)
            for browser in [given.author, given.other] {
                let page = try await browser.get(given.path)
                #expect(page.contains("Inlägget är borttaget") && page.contains("Citatet är borttaget"))
                #expect(!page.contains("Hemlig vers"))
            }
            let undo = "/inlagg/\(given.post)/angra"
            #expect(try await given.author.get(given.path).contains("action=\"\(undo)\""))
            #expect(try await !given.other.get(given.path).contains(undo))
            #expect(try await given.other.get(given.path).contains("/anmal?inlagg=\(given.post)"))
            #expect(try await press(site, given.other, undo, at: given.path) == 403)
            #expect(try await press(site, given.author, undo, at: given.path) == 303)
            #expect(try await given.other.get(given.path).count(of: "Hemlig vers") == 2)
        }
    }

    @Test func `cannot be brought back when the period is over, whether or not the job has run`() async throws {
        try await given { site, given async throws in
            let erase = "/inlagg/\(given.post)/radera"
            #expect(try await press(site, given.author, erase, at: erase) == 303)
            site.time.advance(by: Period(days: 7))
            let undo = "/inlagg/\(given.post)/angra"
            let page = try await given.author.get(given.path)
            #expect(page.contains("Inlägget är borttaget") && !page.contains(undo))
            #expect(try await press(site, given.author, undo, at: given.path) == 409)
            let isErased = try await site.application.forum.completeDeletion(of: given.post) { _, _ in true }
            #expect(isErased)
            await site.waitForViews()
            #expect(try await given.author.get(given.path).contains("Inlägget är raderat"))
            #expect(try await press(site, given.author, undo, at: given.path) == 409)
        }
    }

    @Test func `can be deleted in an earlier version alone, and quotes of that go`() async throws {
        try await given { site, given async throws in
            _ = try await site.application.forum.revise(
                given.post, from: 1, to: site.application.draft("Öppen vers"), by: Standing(given.moa),
                command: site.command())
            await site.waitForViews()
            let history = "/inlagg/\(given.post)/historik"
            #expect(try await given.other.get(given.path).contains("Hemlig vers"))
            #expect(try await given.author.get(history).contains("\(history)/1/radera"))
            #expect(try await !given.author.get(history).contains("\(history)/2/radera"))
            #expect(try await press(site, given.other, "\(history)/1/radera", at: given.path) == 403)
            #expect(try await press(site, given.author, "\(history)/1/radera", at: history) == 303)
            let page = try await given.other.get(given.path)
            #expect(page.contains("Öppen vers") && page.contains("Citatet är borttaget"))
            #expect(!page.contains("Hemlig vers"))
            #expect(try await press(site, given.author, "\(history)/1/angra", at: history) == 303)
            #expect(try await given.other.get(given.path).contains("Hemlig vers"))
            // Only the latest revision can be quoted anew.
            #expect(throws: Problems<PostProblem>.self) {
                try site.application.draft("[citat \(given.post) r1 0-5]\n\nSå stod det")
            }
        }
    }
}
