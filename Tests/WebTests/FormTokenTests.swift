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

@Suite struct `Proving that a form is ours` {
    @Test func `a visitor gets a cookie only with a form`() async throws {
        try await browsing(KitSite()) { browser async throws in
            #expect(try await browser.get("/").cookies.isEmpty)
            #expect(try await browser.get("/finns-inte").cookies.isEmpty)
            let page = try await browser.get("/kontakt")
            #expect(page.cookies.count == 1)
            #expect(page.cookies.first?.hasSuffix("; Path=/; HttpOnly; SameSite=Lax") == true)
            #expect(try await browser.get("/kontakt").cookies.isEmpty)
        }
    }

    @Test func `over https the cookie is bound to the host and never sent in the clear`() async throws {
        try await browsing(KitSite(baseURL: "https://example.org")) { browser async throws in
            let cookie = try #require(try await browser.get("/kontakt").cookies.first)
            #expect(cookie.hasPrefix("__Host-session="))
            #expect(cookie.contains("; Secure"))
            #expect(try await browser.post("/kontakt", ["namn": "Åsa"]).status == 200)
        }
    }

    @Test(arguments: ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func `a form with a wrong token is refused`(token: String) async throws {
        try await browsing(KitSite()) { browser async throws in
            _ = try await browser.get("/kontakt")
            let answer = try await browser.post("/kontakt", ["namn": "Åsa", "csrf": token])
            #expect(answer.status == 403)
            #expect(answer.text.contains("Formuläret har blivit för gammalt"))
        }
    }

    @Test func `a form without token, without cookie, or with another browser's is refused`() async throws {
        let kit = try KitSite()
        try await browsing(kit) { browser async throws in
            _ = try await browser.get("/kontakt")
            #expect(try await browser.post("/kontakt", raw: Array("namn=x".utf8)).status == 403)
            let stolen = browser.hiddenFields + "&namn=x"
            let own: HTTPFields = [.cookie: try #require(browser.cookie)]
            #expect(try await browser.post("/kontakt", raw: Array(stolen.utf8)).status == 200)
            #expect(
                try await browser.post("/kontakt", raw: Array(stolen.utf8), headers: [.cookie: "a=b"]).status == 403)
            let other = SecretToken.random()
            let cookie: HTTPFields = [.cookie: "session=\(other)"]
            #expect(try await browser.post("/kontakt", raw: Array(stolen.utf8), headers: cookie).status == 403)
            #expect(
                try await browser.post("/kontakt", raw: Array((stolen + "&csrf=x").utf8), headers: own).status == 400)
        }
    }

    @Test func `the token is written differently on every page, and each of them is good`() async throws {
        try await browsing(KitSite()) { browser async throws in
            var tokens: Set<String> = []
            for _ in 1...3 {
                _ = try await browser.get("/kontakt")
                tokens.insert(browser.hiddenFields)
                #expect(try await browser.post("/kontakt", ["namn": "Åsa"]).status == 200)
            }
            let words = tokens.map { $0.split(separator: "&").first { $0.hasPrefix("csrf=") } ?? "" }
            #expect(Set(words).count == 3)
            // No part of one page's token occurs in another's: their halves differ too.
            let halves = words.flatMap { [$0.dropFirst(5).prefix(64), $0.suffix(64)] }
            #expect(Set(halves).count == 6)
        }
    }

    @Test func `a token changed in any place is refused`() throws {
        let key = try RuntimeStore().formKey
        let token = FormToken(for: .random(), under: key)
        let shown = token.masked()
        #expect(token.isShown(in: shown))
        #expect(!FormToken(for: .random(), under: key).isShown(in: shown))
        for index in shown.indices {
            var changed = shown
            changed.replaceSubrange(index...index, with: shown[index] == "0" ? "1" : "0")
            #expect(!token.isShown(in: changed))
        }
        for text in ["", shown + "00", String(shown.dropLast(2)), String(repeating: "x", count: 128)] {
            #expect(!token.isShown(in: text))
        }
    }

    @Test func `the token of before signing in is worth nothing after`() async throws {
        try await browsing(KitSite()) { browser async throws in
            _ = try await browser.get("/kontakt")
            let before = browser.hiddenFields
            try await browser.signIn(KitSite.karin)
            #expect(try await browser.post("/kontakt", raw: Array("\(before)&namn=x".utf8)).status == 403)
        }
    }

    @Test(
        arguments: [
            (["Sec-Fetch-Site": "cross-site"], 403), (["Sec-Fetch-Site": "same-site"], 403),
            (["Sec-Fetch-Site": "same-origin", "Origin": "null"], 200), (["Origin": "https://evil.example"], 403),
            (["Origin": "http://localhost"], 200), (["Origin": "http://localhost.evil.example"], 403),
            (["Origin": "null"], 200), ([:], 200),
        ] as [([String: String], Int)])
    func `a form that the browser says came from elsewhere is refused`(headers: [String: String], status: Int)
        async throws
    {
        try await browsing(KitSite()) { browser async throws in
            _ = try await browser.get("/kontakt")
            var fields = HTTPFields()
            for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
            #expect(try await browser.post("/kontakt", ["namn": "Åsa"], headers: fields).status == status)
        }
    }

    @Test func `a link that is its own proof needs no form`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let answer = try await browser.post(
                "/avregistrera/t", raw: [1, 2, 3], type: "multipart/form-data; boundary=x")
            #expect(answer.text == "unsubscribed")
        }
    }
}

@Suite struct `Staying signed in` {
    @Test func `signing in gives a new cookie for thirty days, and signing out takes it back`() async throws {
        let kit = try KitSite()
        try await browsing(kit) { browser async throws in
            _ = try await browser.get("/logga-in")
            let before = browser.cookie
            let answer = try await browser.post("/logga-in", ["medlem": KitSite.karin.description])
            #expect(answer.status == 303)
            #expect(answer.cookies.first?.hasSuffix("; Max-Age=2592000") == true)
            #expect(browser.cookie != before)
            let signedIn = try #require(browser.cookie)
            _ = try await browser.get("/")
            #expect(try await browser.post("/logga-ut", [:]).cookies.first?.contains("Max-Age=0") == true)
            #expect(browser.cookie == nil)
            #expect(try await browser.get("/medlemmar", headers: [.cookie: signedIn]).status == 303)
        }
    }

    @Test func `a session unused for thirty days is over; one in use continues`() async throws {
        let kit = try KitSite()
        try await browsing(kit) { browser async throws in
            try await browser.signIn(KitSite.karin)
            for _ in 0..<3 {
                kit.time.advance(seconds: 29 * 86_400)
                let page = try await browser.get("/medlemmar")
                #expect(page.status == 200)
                #expect(page.cookies.first?.contains("Max-Age=2592000") == true)
            }
            kit.time.advance(seconds: 30 * 86_400)
            #expect(try await browser.get("/medlemmar").status == 303)
        }
    }

    @Test func `a member sees every session, ends one or all others, and nobody else's`() throws {
        let time = TestClock()
        let sessions = Sessions(store: try RuntimeStore())
        let phone = try sessions.begin(for: KitSite.karin, device: "iPhone", replacing: nil, at: time.now)
        time.advance(seconds: 60)
        let laptop = try sessions.begin(for: KitSite.karin, device: "Firefox på Linux", replacing: nil, at: time.now)
        let other = try sessions.begin(for: KitSite.eva, device: "Mac", replacing: nil, at: time.now)
        let list = try sessions.list(of: KitSite.karin, at: time.now)
        #expect(list.map(\.device) == ["Firefox på Linux", "iPhone"])
        let here = try #require(try sessions.find(laptop, at: time.now))
        #expect(try sessions.find(phone, at: time.now) != nil)
        try sessions.end(here.id, of: KitSite.eva)
        #expect(try sessions.find(laptop, at: time.now) != nil)
        try sessions.endAll(of: KitSite.karin, except: here.id)
        #expect(try sessions.find(phone, at: time.now) == nil)
        #expect(try sessions.find(laptop, at: time.now) != nil)
        try sessions.endAll(of: KitSite.karin)
        #expect(try sessions.find(laptop, at: time.now) == nil)
        #expect(try sessions.find(other, at: time.now) != nil)
    }

    @Test func `the last use is written every five minutes at most`() throws {
        let time = TestClock()
        let sessions = Sessions(store: try RuntimeStore())
        let token = try sessions.begin(for: KitSite.karin, device: "Mac", replacing: nil, at: time.now)
        let start = time.now
        time.advance(seconds: 299)
        #expect(try sessions.find(token, at: time.now)?.seen == start)
        time.advance(seconds: 1)
        #expect(try sessions.find(token, at: time.now)?.seen == time.now)
        #expect(try sessions.list(of: KitSite.karin, at: time.now).map(\.seen) == [time.now])
    }

    @Test func `a full cache forgets, never mistakes`() throws {
        let time = TestClock()
        let sessions = Sessions(store: try RuntimeStore(), capacity: 2)
        let tokens = try (0..<5).map { _ in
            try sessions.begin(for: KitSite.karin, device: "Mac", replacing: nil, at: time.now)
        }
        for token in tokens + tokens { #expect(try sessions.find(token, at: time.now) != nil) }
        try sessions.end(tokens[0])
        #expect(try sessions.find(tokens[0], at: time.now) == nil)
        #expect(try sessions.find(.random(), at: time.now) == nil)
    }

    @Test func `a member who is no more is signed out`() async throws {
        let kit = try KitSite()
        try await browsing(kit) { browser async throws in
            try await browser.signIn(.init(rawValue: 99))
            #expect(try await browser.get("/medlemmar").status == 303)
            #expect(try kit.site.sessions.list(of: .init(rawValue: 99), at: kit.time.now).isEmpty)
        }
    }

    @Test func `a link in a mail works once, in time, for its purpose, and the newest only`() throws {
        let time = TestClock()
        let tokens = OneTimeTokens(store: try RuntimeStore())
        let old = try tokens.issue(.newPassword, for: KitSite.karin, until: time.now.advanced(seconds: 3600))
        let token = try tokens.issue(.newPassword, for: KitSite.karin, until: time.now.advanced(seconds: 3600))
        #expect(try tokens.state(of: old, for: .newPassword, at: time.now) == .unknown)
        #expect(try tokens.state(of: token, for: .confirmEmail, at: time.now) == .unknown)
        #expect(try tokens.state(of: token, for: .newPassword, at: time.now) == .valid(KitSite.karin))
        #expect(try tokens.redeem(token, for: .newPassword, at: time.now) == .valid(KitSite.karin))
        #expect(try tokens.redeem(token, for: .newPassword, at: time.now) == .used)
        let late = try tokens.issue(.newPassword, for: KitSite.karin, until: time.now.advanced(seconds: 3600))
        time.advance(seconds: 3600)
        #expect(try tokens.redeem(late, for: .newPassword, at: time.now) == .expired)
    }

    @Test func `a session is named by browser and system, nothing more`() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        let chrome =
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
        #expect(DeviceLabel.label(userAgent: firefox) == "Firefox på Linux")
        #expect(DeviceLabel.label(userAgent: chrome) == "Chrome på Android")
        #expect(DeviceLabel.label(userAgent: "curl/8") == "Okänd enhet")
        #expect(DeviceLabel.label(userAgent: nil) == "Okänd enhet")
    }
}
