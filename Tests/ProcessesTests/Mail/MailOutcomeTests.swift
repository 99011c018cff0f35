import Accounts
import Events
import GRDB
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-15.1")) struct `What became of a mail` {
    @Test func `stands in the log: kind, member, the address's key, and when her choices were looked at`() async throws
    {
        try await MailSite.visited { site async throws in
            let before = site.head
            try await site.askForPassword()
            let asked = site.head
            await site.work()
            let event = try #require(try site.application.log.events(after: asked, limit: 10).first)
            #expect(event.stream == MailEvent.outbox && event.time == site.time.now && event.actor == .system)
            guard case .handedOver(let mail)? = try MailEvent.decode(event) else {
                Issue.record("not handed over")
                return
            }
            #expect(mail.key == MailKey(asked: asked, name: SiteMail.newPassword.name, member: try site.member("moa")))
            #expect(mail.address == (try site.accounts.member(site.member("moa")).account?.email?.subject))
            #expect(mail.checked == asked && mail.attempts == 1)
            let clear = String(decoding: event.clear.bytes, as: UTF8.self)
            #expect(!clear.contains("moa") && !clear.contains("example"))
            #expect(try site.events(after: before) == ["mail.handed-over"])
        }
    }

    @Test func `is known from the log to an outbox that knows nothing of it`() async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            try await site.askForPassword()
            await site.work()
            #expect(site.mails(to: "moa@example.se").count == 1)
            // As after a crash between the event and its note in the outbox.
            try await site.account.site.runtime.database.write { database in
                try database.execute(sql: "UPDATE mails_read SET position = ?", arguments: [before])
            }
            await site.work()
            #expect(site.mails(to: "moa@example.se").count == 1)
            #expect(try site.worker.outbox.count() == 0)
        }
    }

    @Test func `is not known after a kill: it is sent a second time with the same id, and never a third`() async throws
    {
        try await MailSite.visited { site async throws in
            try await site.askForPassword()
            try site.worker.follow()
            let entry = { try #require(try site.worker.outbox.due(at: site.time.now).first) }
            // Killed after the relay accepted the mail.
            try site.worker.outbox.noteEnd(of: entry())
            await site.work()
            #expect(site.mails(to: "moa@example.se").count == 1)
            let first = try #require(site.mails(to: "moa@example.se").first).wire
            #expect(first.contains("Message-ID: <"))
            let before = site.head
            try await site.askForPassword()
            try site.worker.follow()
            for _ in 1...2 { try site.worker.outbox.noteEnd(of: entry()) }
            await site.work()
            #expect(site.mails(to: "moa@example.se").count == 1)
            guard case .givenUp(_, let end)? = try site.outcomes(after: before).first else {
                Issue.record("not given up")
                return
            }
            #expect(end.reason == .uncertain)
        }
    }

    @Test func `that was put off by a clock years ahead is tried when the clock is right again`() async throws {
        try await MailSite.visited { site async throws in
            try await site.askForPassword()
            try site.worker.follow()
            let entry = try #require(try site.worker.outbox.due(at: site.time.now).first)
            try site.worker.outbox.postpone(entry, until: site.time.now.advanced(seconds: 63_072_000), after: nil)
            await site.work()
            #expect(site.mails(to: "moa@example.se").count == 1)
        }
    }

    @Test func `that was put off for a while is not tried sooner`() async throws {
        try await MailSite.visited { site async throws in
            try await site.askForPassword()
            try site.worker.follow()
            let entry = try #require(try site.worker.outbox.due(at: site.time.now).first)
            try site.worker.outbox.postpone(entry, until: site.time.now.advanced(seconds: 21_600), after: nil)
            await site.work()
            #expect(site.mails(to: "moa@example.se").isEmpty)
        }
    }

    @Test func `is in doubt when the relay falls silent after the last line: tried once more, then given up`()
        async throws
    {
        try await MailSite.visited { site async throws in
            let before = site.head
            site.failures.update { $0 = [.uncertain(code: 56), .uncertain(code: 56)] }
            try await site.askForPassword()
            await site.work()
            site.time.advance(seconds: 60)
            await site.work()
            site.time.advance(by: Period(days: 2))
            await site.work()
            #expect(site.sent.value.isEmpty && site.failures.value.isEmpty)
            #expect(try site.events(after: before) == ["mail.given-up"])
        }
    }

    @Test func `is told with the relay's reply when it refuses`() async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            site.failures.update { $0 = [.refused(reply: 550)] }
            try await site.askForPassword()
            await site.work()
            guard case .givenUp(let mail, let end)? = try site.outcomes(after: before).first else {
                Issue.record("not given up")
                return
            }
            #expect(end == GivingUp(.refused, reply: 550) && mail.attempts == 1)
        }
    }

    @Test func `is that it was not sent, when it made no sense any more`() async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            try await site.askForPassword()
            site.time.advance(by: Period(days: 3))
            await site.work()
            guard case .suppressed(_, .moot)? = try site.outcomes(after: before).first else {
                Issue.record("not suppressed")
                return
            }
            #expect(site.sent.value.isEmpty)
        }
    }
}

@Suite struct `The administrators' page about mail` {
    @Test func `shows what waits and why, and nobody's address`() async throws {
        try await MailSite.visited { site async throws in
            site.failures.update { $0 = [.notNow(code: 7, reply: 0)] }
            try await site.askForPassword()
            await site.work()
            let page = try await site.browser(as: "astrid").get("/admin/mejl")
            #expect(page.status == 200)
            #expect(page.contains("Nytt lösenord") && page.contains("Mejlservern svarar inte – kod 7"))
            for word in ["example.se", "moa"] { #expect(!page.contains(word)) }
            site.failures.update { $0 = [.refused(reply: 550)] }
            site.time.advance(seconds: 60)
            await site.work()
            let later = try await site.browser(as: "astrid").get("/admin/mejl")
            #expect(later.contains("Inget mejl väntar") && later.contains("Mejlservern ville inte ha det"))
            #expect(later.contains("Svar 550"))
        }
    }

    @Test func `is for administrators alone`() async throws {
        try await MailSite.visited { site async throws in
            #expect(try await site.browser(as: "moa").get("/admin/mejl").status == 403)
            #expect(try await site.browser().get("/admin/mejl").status == 303)
        }
    }

    @Test func `lets go what waits since a restoration, and the log says who did`() async throws {
        try await MailSite.visited { site async throws in
            try await site.askForPassword()
            let quarantined = QuarantinedMail(in: site.application.files.data)
            try quarantined.hold(through: site.head)
            await site.work()
            #expect(site.sent.value.isEmpty)
            let browser = try await site.browser(as: "astrid")
            #expect(try await browser.get("/admin/mejl").contains("Webbplatsen har återställts"))
            let before = site.head
            #expect(try await browser.post("/admin/mejl", ["atgard": "slapp"]).status == 303)
            let event = try #require(try site.application.log.events(after: before, limit: 1).first)
            let astrid = Actor.member(try site.member("astrid"))
            #expect(event.type.name == "mail.released" && event.actor == astrid)
            await site.work()
            #expect(site.mails(to: "moa@example.se").count == 1)
            #expect(try await browser.get("/admin/mejl").contains("Webbplatsen har återställts") == false)
        }
    }
}
