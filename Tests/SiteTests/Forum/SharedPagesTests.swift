import Accounts
import Events
import Forum
import Foundation
import HTTPTypes
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Pages that members share` {
    @Test func `each member gets the page with nothing of another's in it`() async throws {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("författaren")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: author)
            let readers = [try await site.member("moa-1"), try await site.member("moa-2")]
            for path in ["/forum", "/forum/allmant", "/trad/\(thread)/hej-hej"] {
                var pages: [String] = []
                for reader in readers {
                    let browser = try await site.browser(client, as: reader)
                    let (first, second) = (try await browser.get(path).text, try await browser.get(path).text)
                    pages.append(second)
                    #expect(second.contains("/medlem/\(reader)") && second.contains("Logga ut"))
                    // Each form's command id is new on every page, and the form token belongs to the reader.
                    let (commands, others) = (values(of: "command", in: first), values(of: "command", in: second))
                    #expect(!commands.isEmpty && commands.isDisjoint(with: others))
                    #expect(values(of: "csrf", in: first).isDisjoint(with: values(of: "csrf", in: second)))
                }
                #expect(pages[0].contains("moa-1") && !pages[0].contains("moa-2"))
                #expect(pages[1].contains("moa-2") && !pages[1].contains("moa-1"))
                #expect(withoutPersonal(pages[0], readers[0]) == withoutPersonal(pages[1], readers[1]))
            }
        }
    }

    @Test func `the forms on a page from memory are accepted`() async throws {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("författaren")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: author)
            let path = "/trad/\(thread)/hej-hej"
            _ = try await site.browser(client, as: try await site.member("moa-1")).get(path)
            let browser = try await site.browser(client, as: try await site.member("moa-2"))
            _ = try await browser.get(path)
            #expect(try await browser.post("/trad/\(thread)/svara", ["text": "Ett svar"]).status == 303)
            #expect(try await browser.get(path).contains("Ett svar"))
        }
    }

    @Test func `a reader with more rights on a page gets a separate page`() async throws {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("författaren")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: author)
            let path = "/trad/\(thread)/hej-hej"
            let other = try await site.browser(client, as: try await site.member("moa"))
            let writer = try await site.browser(client, as: author)
            let moderator = try await site.browser(client, as: try await site.member("morgan", as: .moderator))
            for _ in 1...2 {
                #expect(!(try await other.get(path)).contains("/inlagg/\(post)/andra"))
                #expect(try await writer.get(path).contains("/inlagg/\(post)/andra"))
                let moderated = try await moderator.get(path)
                #expect(moderated.contains("/trad/\(thread)/moderera") && moderated.contains("/inlagg/\(post)/ta-bort"))
            }
        }
    }

    @Test(.clause("P-16.2"))
    func `a former member is on no cached page`() async throws {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("försvinnaren")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: author)
            let reader = try await site.browser(client, as: try await site.member("moa"))
            for path in ["/trad/\(thread)/hej-hej", "/forum/allmant"] {
                for _ in 1...2 { #expect(try await reader.get(path).contains("försvinnaren")) }
            }
            try await site.eraseIdentity(of: author)
            for path in ["/trad/\(thread)/hej-hej", "/forum/allmant"] {
                #expect(!(try await reader.get(path)).contains("försvinnaren"))
            }
        }
    }

    private func values(of field: String, in page: String) -> Set<String> {
        let parts = page.split(separator: "name=\"\(field)\" value=\"", omittingEmptySubsequences: false).dropFirst()
        return Set(parts.map { String($0.prefix { $0 != "\"" }) })
    }

    private func withoutPersonal(_ page: String, _ reader: MemberID) -> String {
        var page = page
        for value in values(of: "command", in: page).union(values(of: "csrf", in: page)) {
            page.replace(value, with: "")
        }
        guard let menu = page.range(of: "<details class=\"menu\""), let end = page.range(of: "</details>") else {
            return page
        }
        page.removeSubrange(menu.lowerBound..<end.upperBound)
        return page
    }
}
