import Accounts
import Events
import Forum
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Every link on the pages of the staff` {
    /// The start page of each role; other pages are tested elsewhere.
    private static let roots = ["/admin", "/revision"]

    /// The links in `main` and the menu that lead to staff pages, profiles, and moderation in the forum.
    private func links(on page: Browser.Answer) -> Set<String> {
        let links = page.text.matches(of: /href="([^"#?]+)[^"]*"/).map { String($0.1) }
        return Set(
            links.filter { link in
                Self.roots.contains { link == $0 || link.hasPrefix($0 + "/") } || link.hasPrefix("/medlem/")
                    || link.hasSuffix("/ta-bort") || link.hasSuffix("/moderera") || link.hasSuffix("/radera-for-gott")
            })
    }

    @Test(arguments: [[Role.moderator], [.administrator], [.auditor], [.moderator, .auditor]])
    func `leads somewhere for every role that is shown it`(roles: [Role]) async throws {
        try await ModeratedSite.visited { site async throws in
            let gun = try site.cases.member("gun")
            try await site.application.accounts.revokeRole(
                .moderator, from: gun, by: .operator, command: site.cases.nextCommand())
            for role in roles {
                try await site.application.accounts.grantRole(
                    role, to: gun, by: .operator, command: site.cases.nextCommand())
            }
            _ = try await site.report()
            _ = try await site.cases.open(.dispute(with: site.nils, .other), by: site.cases.member("moa"))
            let closed = try await site.cases.open(.report(.spam, .member(site.nils)), by: site.cases.member("moa"))
            _ = try await site.decide(closed, .rejected, as: "greta")
            _ = try await site.cases.signUp(
                Applicant(
                    email: "dubbel@example.se", username: "dubbel",
                    number: try #require(Applicant.moa.fields["personnummer"])))
            try await site.cases.catchUp()

            let browser = try await site.cases.browser(as: "gun")
            var seen: Set<String> = []
            var waiting = Set(
                Self.roots.filter { root in
                    root == "/admin" ? roles.contains { $0 != .auditor } : roles.contains { $0 != .moderator }
                } + ["/trad/\(site.thread)/om-telefoner", "/medlem/\(site.nils)"])
            while let path = waiting.popFirst(), seen.count < 300 {
                seen.insert(path)
                let page = try await browser.get(path)
                #expect([200, 303].contains(page.status), "\(path) answers \(page.status)")
                // A page shows no links that the reader may not use.
                waiting.formUnion(links(on: page).subtracting(seen))
            }
            #expect(seen.count > 8)
        }
    }

    @Test func `is a tab of the reader's own`() async throws {
        try await ModeratedSite.visited { site async throws in
            let tabs = StaffTab.shown(to: [.member, .moderator]).map(\.label)
            #expect(tabs == ["Översikt", "Anmälningar", "Anmälda meddelanden", "Registreringar"])
            #expect(StaffTab.shown(to: [.member]).isEmpty && StaffTab.shown(to: [.auditor]).isEmpty)
            let page = try await site.cases.browser(as: "greta").get("/admin/ko")
            #expect(page.contains("/admin/registreringar") && !page.contains("/admin/medlemmar"))
        }
    }
}
