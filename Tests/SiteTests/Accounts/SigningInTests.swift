import Accounts
import Events
import HTTPTypes
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.1")) struct SigningInTests {
    @Test func `after signing in one is where one wanted to go, but never on another site`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            let page = try await browser.get("/logga-in?till=/medlemmar?sida%3D2")
            #expect(page.contains("value=\"/medlemmar?sida=2\""))
            let fields = ["identifier": "moa", "password": AccountSite.password]
            #expect(
                try await browser.post("/logga-in", fields.merging(["till": "/medlemmar?sida=2"]) { $1 }).location
                    == "/medlemmar?sida=2")
            for place in ["//example.com", "https://example.com/", "/\\example.com", "javascript:alert(1)"] {
                let other = Browser(client)
                _ = try await other.get("/logga-in")
                #expect(try await other.post("/logga-in", fields.merging(["till": place]) { $1 }).location == "/")
            }
        }
    }

    @Test func `the session has a new token, and the one before is dead`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.get("/logga-in")
            let before = browser.cookie
            _ = try await browser.signIn("moa")
            #expect(browser.cookie != before)
            let first = browser.cookie
            _ = try await browser.get("/logga-ut")
            _ = try await browser.post("/logga-in", ["identifier": "moa", "password": AccountSite.password])
            #expect(browser.cookie != first)
            let stolen = try await Browser(client).get("/", headers: [.cookie: first ?? ""])
            #expect(!stolen.contains("Hej moa"))
            #expect(try site.eventNames().filter { $0 == "accounts.signed-out" }.count == 1)
        }
    }

    @Test func `too many attempts from one address have to wait`() async throws {
        try await AccountSite.visited(limits: [.signIn: RateLimit(3, per: .hour)]) { _, client in
            let browser = Browser(client)
            for name in ["ett", "två", "tre"] { #expect(try await browser.signIn(name).status == 422) }
            let page = try await browser.signIn("fyra")
            #expect(page.status == 429)
            #expect(page["Retry-After"] == "1200")
            #expect(page.contains("Vänta"))
        }
    }

    @Test func `when too many wait for their turn the page says so`() async throws {
        let busy = PasswordHasher(cost: .quick, limit: 0, capacity: 0)
        try await AccountSite.visited(hasher: busy) { site, client in
            let head = site.head
            let answers = [try await Browser(client).signIn("moa"), try await Browser(client).register(.moa)]
            for page in answers {
                #expect(page.status == 503)
                #expect(page["Retry-After"] == "60")
                #expect(page.contains("inte tillgänglig just nu"))
            }
            #expect(site.head == head)
        }
    }

    @Test func `who is signed in is not asked to sign in or register`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.signIn("moa")
            #expect(try await browser.get("/logga-in?till=/forum").location == "/forum")
            #expect(try await browser.get("/registrera").location == "/")
            #expect(try await Browser(client).get("/logga-ut").location == "/")
        }
    }

    @Test func `where and with what somebody signed in is sealed in the log`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.signIn("moa", headers: [.userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0"])
            let devices = try site.accountEvents().compactMap { event -> String? in
                if case .signIn(.signedIn(_, let origin)) = event { origin.value.value?.device } else { nil }
            }
            #expect(devices == ["Firefox på Linux"])
        }
    }
}
