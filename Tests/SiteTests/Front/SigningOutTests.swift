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

@Suite struct `Signing out` {
    @Test(arguments: [
        ("https://forum.example", true), ("http://localhost", true), ("http://forum.localhost:8080", true),
        ("http://127.0.0.1:8080", true), ("http://[::1]:8080", true), ("http://forum.example", false),
        ("http://localhost.example", false), ("http://10.0.0.1:127", false),
    ])
    func `has the browser forget the pages it has seen, where browsers take that`(baseURL: String, isCleared: Bool)
        async throws
    {
        try await browsing(KitSite(baseURL: baseURL)) { browser async throws in
            try await browser.signIn(KitSite.karin)
            #expect(try await browser.get("/medlemmar")["Clear-Site-Data"] == nil)
            _ = try await browser.get("/")
            let answer = try await browser.post("/logga-ut", [:])
            #expect(answer.location == "/")
            #expect(answer["Clear-Site-Data"] == (isCleared ? "\"cache\", \"storage\"" : nil))
        }
    }

    @Test(arguments: [
        ("/installningar/logga-ut", ["session": "alla", "password": AccountSite.password]),
        ("/installningar/kapat", ["password": AccountSite.password]),
    ])
    func `does so by every form that ends the browser's own session`(path: String, fields: [String: String])
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let answer = try await browser.fill("/installningar", at: path, fields)
            #expect(answer["Clear-Site-Data"] == "\"cache\", \"storage\"")
            #expect(answer.cookies.contains { $0.hasPrefix("session=;") && $0.contains("Max-Age=0") })
        }
    }

    @Test func `leaves a browser its session, and its pages, when others' end`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let fields = ["session": "andra", "password": AccountSite.password]
            let answer = try await browser.fill("/installningar", at: "/installningar/logga-ut", fields)
            #expect(answer.status == 303)
            #expect(answer["Clear-Site-Data"] == nil)
            #expect(try await browser.get("/installningar").status == 200)
        }
    }
}
