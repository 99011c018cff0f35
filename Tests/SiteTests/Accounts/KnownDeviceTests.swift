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

@Suite(.clause("P-08.6")) struct `A known device` {
    private func devices(_ site: SettingsSite) -> KnownDevices { site.account.site.devices }

    @Test func `is a cookie that script cannot read and other sites cannot send, for half a year`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = Browser(site.client)
            let cookies = try await browser.signIn("moa").cookies
            let cookie = try #require(cookies.first { $0.hasPrefix("device=") })
            #expect(cookie.contains("; Path=/; HttpOnly; SameSite=Strict; Max-Age="))
            let seconds = try #require(cookie.split(separator: "Max-Age=").last.flatMap { Int($0) })
            #expect((180...185).contains(seconds / 86_400))
            let secure = DeviceCookie(from: [.cookie: "__Host-\(try #require(browser.device))"], isSecure: true)
            let text = secure.setting(seconds: 60).value
            #expect(text.hasPrefix("__Host-device=") && text.hasSuffix("; Secure") && secure.tokens.count == 1)
            let page = try await browser.get("/kakor").text
            #expect(page.contains("<code>device</code>") && page.contains("månader efter din senaste inloggning"))
        }
    }

    @Test func `is no sign of anything else, and stands for one member`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.nils)
            let browser = try await site.browser()
            let token = try #require(browser.device?.split(separator: "=").last)
            let stolen: HTTPFields = [.cookie: "session=\(token)"]
            #expect(try await Browser(site.client).get("/installningar", headers: stolen).status == 303)
            let session = try #require(browser.cookie?.split(separator: "=").last)
            let cookie = DeviceCookie(from: [.cookie: "device=\(session)"], isSecure: false)
            #expect(try devices(site).find(cookie.tokens, seenAfter: .distantPast).isEmpty)
            let known = try devices(site).find(
                DeviceCookie(from: [.cookie: "device=\(token)"], isSecure: false).tokens, seenAfter: .distantPast)
            #expect(known.map(\.member) == [try site.moa])
        }
    }

    @Test func `is replaced at each sign-in, and shared by those who share a browser`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.nils)
            let browser = try await site.browser()
            let first = try #require(browser.device)
            for name in ["moa", "snickar-nisse", "moa"] {
                _ = try await browser.get("/logga-ut")
                _ = try await browser.post("/logga-ut", [:])
                _ = try await browser.signIn(name)
            }
            let old = DeviceCookie(from: [.cookie: first], isSecure: false)
            #expect(try devices(site).find(old.tokens, seenAfter: .distantPast).isEmpty)
            let now = DeviceCookie(from: [.cookie: try #require(browser.device)], isSecure: false)
            let known = try devices(site).find(now.tokens, seenAfter: .distantPast).map(\.member)
            #expect(try known == [site.moa, site.member("snickar-nisse")])
            #expect(try devices(site).list(of: site.moa).count == 1)
        }
    }

    @Test(.clause("P-12.3")) func `stands in the settings of its owner, who can make it forgotten`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.nils)
            let browser = try await site.browser()
            let nils = try await site.browser(as: "snickar-nisse")
            let device = try #require(try devices(site).list(of: site.moa).first)
            #expect(try await browser.get("/installningar").contains("Kända enheter"))
            _ = try await nils.get("/installningar")
            _ = try await nils.post("/installningar/logga-ut", ["enhet": String(device.id)])
            #expect(try devices(site).list(of: site.moa).count == 1, "nobody else can")
            _ = try await browser.get("/installningar")
            let answer = try await browser.post("/installningar/logga-ut", ["enhet": String(device.id)])
            #expect(answer.status == 303 && browser.device == nil)
            #expect(try devices(site).list(of: site.moa).isEmpty)
            #expect(try await browser.get("/installningar").contains("Vi känner inte igen någon enhet"))
        }
    }

    @Test(.clause("P-12.2")) func `elsewhere is forgotten with the password, and everywhere with a report`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let (browser, other) = (try await site.browser(), try await site.browser())
            #expect(try devices(site).list(of: site.moa).count == 2)
            let new = "blå stege under äppelträd"
            _ = try await browser.fill(
                "/installningar/losenord", ["password": AccountSite.password, "new-password": new])
            #expect(try devices(site).list(of: site.moa).count == 1)
            let here = DeviceCookie(from: [.cookie: try #require(browser.device)], isSecure: false)
            #expect(try devices(site).find(here.tokens, seenAfter: .distantPast).count == 1)
            _ = try await other.signIn("moa", new)
            _ = try await browser.fill("/installningar/kapat", ["password": new])
            #expect(try devices(site).list(of: site.moa).isEmpty)
        }
    }

    @Test(.clause("P-16.5")) func `is forgotten when its time is out, and when its member leaves`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let devices = site.accounts.site.devices
            let side = site.application.retention(of: site.accounts.site, confirmation: .none).side
            site.time.advance(by: Period("P6M")!)
            #expect(try side.due().contains { $0.rule == .devices && $0.count == 1 })
            _ = try await side.run()
            #expect(try devices.list(of: id).isEmpty)

            _ = try await moa.signIn("moa")
            #expect(try devices.list(of: id).count == 1)
            let keeper = SessionKeeper(
                application: site.application, site: site.accounts.site,
                ending: try SessionEnding(site.application, site.accounts.site.stores))
            let head = site.accounts.head
            try await site.leave(moa)
            _ = try await keeper.follow(after: head)
            #expect(try devices.list(of: id).isEmpty)
        }
    }

    @Test func `is not known where the policy in force does not name its cookie`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            try await site.publishPolicy(replacing: [
                "\"knownDevice\":\"P6M\",": "", "[\"session\",\"device\"]": "[\"session\"]",
            ])
            site.time.advance(by: Period(days: 1))
            let browser = site.browser
            #expect(try await browser.signIn("moa").status == 303)
            #expect(browser.device == nil)
            #expect(try await browser.get("/kakor").contains("Används inte enligt den policy som gäller nu"))
            _ = try await site.application.retention(of: site.accounts.site, confirmation: .none).side.run()
            #expect(try site.accounts.site.devices.list(of: site.id("moa")).isEmpty)
        }
    }
}

extension Instant {
    fileprivate static let distantPast = Instant(milliseconds: 0)
}
