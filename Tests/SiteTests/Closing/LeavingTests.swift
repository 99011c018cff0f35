import Accounts
import Events
import Forum
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.1")) struct `Leaving the site` {
    @Test func `the page says with real dates what happens when`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let page = try await moa.get("/avsluta-konto")
            // Closed on 10 March 2026: a year, and thirty days of backups.
            #expect(page.contains("Till den 10 mars 2027"))
            #expect(page.contains("Senast den 9 april 2027"))
            #expect(page.contains("moa@example.se"))
            #expect(page.contains("”Tidigare medlem”"))
            #expect(page.contains("value=\"anonymise\" checked"))
            #expect(!page.contains("value=\"erase\" checked"))
        }
    }

    @Test func `only the holder of the password closes the account`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let head = site.accounts.head
            let refused = try await site.leave(moa, ["password": "fel lösenord här"])
            #expect(refused.status == 422)
            #expect(refused.contains("Lösenordet stämmer inte."))
            #expect(site.accounts.head == head)
            #expect(try await site.browser.get("/avsluta-konto").status == 303)
        }
    }

    @Test func `everybody's sessions of the account end, and the last page shows the receipt's address`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let phone = site.browser
            _ = try await phone.signIn("moa")
            let id = try site.id("moa")
            let head = site.accounts.head
            let goodbye = try await site.leave(moa)
            #expect(goodbye.status == 200)
            #expect(goodbye.contains("Ditt konto är avslutat"))
            #expect(!goodbye.contains("Logga ut"))
            #expect(goodbye["Cache-Control"] == "private, no-store")
            #expect(goodbye["Referrer-Policy"] == "no-referrer")
            #expect(try site.accounts.site.sessions.list(of: id, at: site.time.now).isEmpty)
            #expect(try await phone.get("/medlemmar").status == 303)
            let events = try site.events(after: head)
            #expect(events.contains("accounts.closed"))
            #expect(events.count(where: { $0 == "accounts.signed-out" }) == 2)

            let receipt = try #require(goodbye.text.firstMatch(of: /\/kvitto\/([A-Za-z0-9_-]{43})/)?.1)
            let closing = try #require(try site.application.accounts.member(id).closing)
            #expect(closing.receipt == TextHash(of: String(receipt)))
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.link("/kvitto/") == "/kvitto/\(receipt)")
            #expect(mail.link("/aterskapa/") != nil)
            #expect(mail.subject == "Ditt konto är avslutat")
        }
    }

    @Test(.clause("P-16.2")) func `the name is gone from every page with the next request`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let nils = try await site.join(.nils)
            let written = try await site.write("Hej på er", by: try site.id("moa"))
            #expect(try await nils.get("/medlemmar").contains("moa"))
            try await site.leave(moa)
            #expect(!(try await nils.get("/medlemmar").contains("moa")))
            let thread = try await nils.get(try await nils.get("/trad/\(written.thread)").path)
            #expect(thread.contains("Hej på er"))
            #expect(thread.contains("Tidigare medlem"))
            #expect(!thread.contains("moa"))
        }
    }

    @Test func `texts that tell who wrote them are listed and proposed, and each can be kept`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let named = try await site.write("Hälsningar Moa", by: id)
            let phone = try await site.write("Ring 070-123 45 67", by: id)
            let plain = try await site.write("Vad kostar ett bord?", by: id)
            _ = try await site.join(.nils)
            let others = try await site.write("Moa sa det", by: try site.id("snickar-nisse"))
            let page = try await moa.get("/avsluta-konto")
            #expect(page.contains("value=\"post:\(named.post)\" checked"))
            #expect(page.contains("value=\"post:\(phone.post)\" checked"))
            #expect(!page.contains("\(plain.post)"))
            #expect(!page.contains("\(others.post)"))
            #expect(page.contains("Innehåller ditt namn."))
            #expect(page.contains("Innehåller ett telefonnummer."))

            try await site.leave(moa, ["radera": "post:\(phone.post)"])
            #expect(try site.application.accounts.member(id).closing?.marked == [Subject(.post, phone.post)])
        }
    }

    @Test func `several texts are marked at once`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let posts = [
                try await site.write("Hälsningar Moa", by: id).post, try await site.write("Moa igen", by: id).post,
            ]
            _ = try await moa.get("/avsluta-konto")
            let chosen = posts.map { "radera=\(percentEncoded("post:\($0)"))" }.joined(separator: "&")
            let form = "inlagg=anonymise&password=\(percentEncoded(AccountSite.password))&" + chosen
            let goodbye = try await moa.post("/avsluta-konto", raw: Array((moa.hiddenFields + "&" + form).utf8))
            #expect(goodbye.status == 200)
            let marked = try #require(try site.application.accounts.member(id).closing?.marked)
            #expect(Set(marked) == Set(posts.map { Subject(.post, $0) }))
        }
    }

    @Test func `nobody marks what is somebody else's`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            _ = try await site.join(.nils)
            let others = try await site.write("Nils Moa 070-123 45 67", by: try site.id("snickar-nisse"))
            let id = try site.id("moa")
            try await site.leave(moa, ["radera": "post:\(others.post)"])
            #expect(try site.application.accounts.member(id).closing?.marked == [])
        }
    }

    @Test func `the name in a title or in an older revision counts too`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let written = try await site.write("Ring Moa", by: id)
            _ = try await site.application.forum.revise(
                written.post, from: 1, to: site.application.draft("Ring mig"), by: Standing(id), command: site.command()
            )
            _ = try await site.application.forum.retitle(
                written.thread, ThreadTitle("Moa Hallin undrar"), by: Standing(id), command: site.command())
            await site.waitForViews()
            let page = try await moa.get("/avsluta-konto")
            #expect(page.contains("value=\"post:\(written.post)\" checked"))
            #expect(page.contains("value=\"thread:\(written.thread)\" checked"))
        }
    }

    @Test func `the last administrator hands over first`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            #expect(try await nils.get("/avsluta-konto").contains("Utse en annan administratör först"))
            let refused = try await site.leave(nils)
            #expect(refused.status == 422)
            #expect(try site.application.accounts.member(site.id("snickar-nisse")).active != nil)

            _ = try await site.join(.moa)
            try await site.application.accounts.grantRole(
                .administrator, to: site.id("moa"), by: .operator, command: site.command())
            #expect(try await nils.get("/avsluta-konto").contains("Du är administratör."))
            #expect(try await site.leave(nils).status == 200)
        }
    }

    @Test func `29 February plus a year is 28 February`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            // 29 February 2028, noon in Stockholm.
            site.time.advance(seconds: Double(1_835_434_800_000 - site.time.now.milliseconds) / 1000)
            _ = try await moa.signIn("moa")
            #expect(try await moa.get("/avsluta-konto").contains("Till den 28 februari 2029"))
            try await site.leave(moa)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            let purge = try #require(Instant("2029-02-28T11:00:00Z"))
            site.time.advance(seconds: Double(purge.milliseconds - site.time.now.milliseconds) / 1000 - 1)
            #expect(try await site.browser.get(link).contains("Återskapa kontot moa"))
            site.time.advance(seconds: 1)
            #expect(try await site.browser.get(link).status == 410)
        }
    }

    @Test func `a session that was begun elsewhere ends although a command closed the account`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let keeper = SessionKeeper(
                application: site.application, site: site.accounts.site,
                ending: try SessionEnding(site.application, site.accounts.site.stores))
            let head = site.accounts.head
            try await site.application.accounts.closeOnRequest(
                of: id, erasing: [], by: .operator, command: site.command())
            _ = try await keeper.follow(after: head)
            try await site.application.accounts.restore(id, by: .operator, command: site.command())
            await site.waitForViews()
            #expect(try await moa.get("/medlemmar").status == 303, "the old cookie must not come back with the account")
        }
    }
}
