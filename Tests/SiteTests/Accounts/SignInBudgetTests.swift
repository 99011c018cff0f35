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

@Suite(.clause("P-08.2")) struct `Trying to sign in` {
    private static let wrong = "fel lösenord här"

    /// A site behind a local proxy, so that a test can choose the client's network; Moa is a member.
    private func visited(
        _ limits: [RateLimit.Kind: RateLimit],
        _ body: @Sendable (AccountSite, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await AccountSite.visited(limits: limits, trustedProxies: ["127.0.0.1", "::1"], over: .live) {
            site, client async throws in
            try await site.join(.moa, with: client)
            try await body(site, client)
        }
    }

    private func from(_ network: Int) -> HTTPFields { [.xForwardedFor: "198.51.100.\(network)"] }

    @Test func `has one count for every spelling of a name`() async throws {
        try await visited([.signInName: RateLimit(4, per: .hour)]) { _, client async throws in
            for name in ["moa", "moa\u{200B}", "MOA\u{200B}\u{200B}", " Moa "] {
                #expect(try await Browser(client).signIn(name, Self.wrong, headers: from(1)).status == 422)
            }
            for name in ["moa", "moa\u{200B}\u{200B}\u{200B}", "mOa"] {
                #expect(try await Browser(client).signIn(name, Self.wrong, headers: from(1)).status == 429)
            }
            #expect(try await Browser(client).signIn("ingen", Self.wrong, headers: from(1)).status == 422)
        }
    }

    @Test func `has one count for all the names of a member, which does not show`() async throws {
        try await visited([.signInName: RateLimit(4, per: .hour)]) { _, client async throws in
            for name in ["moa", "moa", "moa@example.se", "MOA@example.se"] {
                #expect(try await Browser(client).signIn(name, Self.wrong, headers: from(1)).status == 422)
            }
            let held = try await Browser(client).signIn("moa", headers: from(1))
            #expect(held.status == 422 && held.contains("stämmer inte"))
            #expect(try await Browser(client).signIn("moa", headers: from(2)).status == 303)
        }
    }

    @Test func `from one network keeps the owner out nowhere else`() async throws {
        try await visited(RateLimit.standard) { site, client async throws in
            for number in 0..<60 {
                let name = number.isMultiple(of: 2) ? "moa" : "moa@example.se"
                _ = try await Browser(client).signIn(name, Self.wrong, headers: from(1))
            }
            #expect(try await Browser(client).signIn("moa", headers: from(1)).status == 429)
            #expect(try await Browser(client).signIn("moa", headers: from(2)).status == 303)
            try await site.site.signInAlarm.work(site.application.accounts, at: site.time.now)
            #expect(!(try site.eventNames().contains("accounts.sign-ins-held-back")))
        }
    }

    @Test func `from many networks ends in silence, in one mail, and at the doors of known devices`() async throws {
        try await visited([.signInName: RateLimit(2, per: .hour), .signInAccount: RateLimit(5, per: .hour)]) {
            site, client async throws in
            let known = Browser(client)
            #expect(try await known.signIn("moa", headers: from(1)).status == 303)
            _ = try await known.get("/logga-ut")
            _ = try await known.post("/logga-ut", [:])
            for network in 2...5 {
                for name in ["moa", "moa@example.se"] {
                    #expect(try await Browser(client).signIn(name, Self.wrong, headers: from(network)).status == 422)
                }
            }
            let head = site.head
            let held = try await Browser(client).signIn("moa", headers: from(9))
            #expect(held.status == 422)
            #expect(
                held.withoutTokens
                    == (try await Browser(client).signIn("moa", Self.wrong, headers: from(8))).withoutTokens)
            #expect(site.head == head, "nothing is written on the way of the request")

            for _ in 1...2 { try await site.site.signInAlarm.work(site.application.accounts, at: site.time.now) }
            let mails = try await site.mails()
            #expect(mails.map(\.to) == ["<moa@example.se>"])
            #expect(mails.first?.subject == "Någon försöker logga in på ditt konto")
            _ = try await Browser(client).signIn("moa", Self.wrong, headers: from(7))
            try await site.site.signInAlarm.work(site.application.accounts, at: site.time.now)
            #expect(try await site.mails().count == 1)

            #expect(try await known.signIn("moa", headers: from(9)).status == 303)
            site.time.advance(seconds: 3600)
            #expect(try await Browser(client).signIn("moa", headers: from(9)).status == 303)
        }
    }

    @Test func `counts failures only`() async throws {
        let limits: [RateLimit.Kind: RateLimit] = [
            .signIn: RateLimit(2, per: .hour), .signInName: RateLimit(2, per: .hour),
            .signInAccount: RateLimit(2, per: .hour), .signInDevice: RateLimit(2, per: .hour),
        ]
        try await visited(limits) { _, client async throws in
            for _ in 0..<5 { #expect(try await Browser(client).signIn("moa", headers: from(1)).status == 303) }
            let device = Browser(client)
            for _ in 0..<5 {
                #expect(try await device.signIn("moa", headers: from(1)).status == 303)
                _ = try await device.get("/logga-ut")
                _ = try await device.post("/logga-ut", [:])
            }
            for status in [422, 422, 429] {
                #expect(try await device.signIn("moa", Self.wrong, headers: from(1)).status == status)
            }
        }
    }

    @Test func `with a name longer than any is a wrong answer, and is not remembered`() async throws {
        try await visited(RateLimit.standard) { site, client async throws in
            let before = site.site.limits.rememberedCount
            for size in [255, 60_000] {
                let name = String(repeating: "\u{200B}", count: size / 3) + "moa"
                #expect(try await Browser(client).signIn(name, headers: from(1)).status == 422)
            }
            #expect(site.site.limits.rememberedCount <= before + 2)
        }
    }

    @Test func `of a whole IPv6 network has one count`() async throws {
        try await visited([.signIn: RateLimit(1, per: .hour)]) { _, client async throws in
            for (address, status) in [
                ("2001:db8:1:2::1", 422), ("2001:db8:1:2:ffff::9", 429), ("2001:db8:1:3::1", 422),
            ] {
                let page = try await Browser(client).signIn("moa", Self.wrong, headers: [.xForwardedFor: address])
                #expect(page.status == status)
            }
        }
    }

    @Test(.clause("P-12.2")) func `is possible on the device where a new password was chosen by link`() async throws {
        try await visited([.signInAccount: RateLimit(1, per: .hour)]) { site, client async throws in
            _ = try await Browser(client).signIn("moa", Self.wrong, headers: from(2))
            let browser = Browser(client)
            #expect(try await browser.signIn("moa", headers: from(1)).status == 422)
            _ = try await browser.get("/glomt-losenord")
            _ = try await browser.post("/glomt-losenord", ["email": "moa@example.se"])
            let link = try #require(try await site.mails().last?.link("/nytt-losenord/"))
            _ = try await browser.get(link)
            _ = try await browser.post(link, ["password": "blå stege under äppelträd"])
            #expect(try await browser.signIn("moa", "blå stege under äppelträd", headers: from(1)).status == 303)
        }
    }
}
