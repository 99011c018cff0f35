import Accounts
import Events
import GRDB
import HummingbirdTesting
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

struct MailWorkerTests {
    /// A second worker on the site's outbox, whose mails go where the test says.
    private func worker(_ site: AccountSite, _ send: @escaping @Sendable (OutgoingMail) async throws -> Void) throws
        -> MailWorker
    {
        try MailWorker(
            application: site.application, site: site.site, mailer: Mailer(send: send),
            sender: try #require(MailAddress("info@example.org")))
    }

    @Test func `a mail that cannot be sent is tried again, later and later`() async throws {
        try await AccountSite.visited { site, client async throws in
            let failures = Guarded(2)
            let sent = Guarded([OutgoingMail]())
            let worker = try worker(site) { mail in
                if failures.value > 0 {
                    failures.update { $0 -= 1 }
                    throw MailFailure.notNow(code: 7, reply: 0)
                }
                sent.update { $0.append(mail) }
            }
            _ = try await Browser(client).register(.moa)
            await worker.work()
            await worker.work()
            #expect(failures.value == 1, "not before a minute has passed")
            site.time.advance(seconds: 60)
            await worker.work()
            #expect(failures.value == 0)
            site.time.advance(seconds: 299)
            await worker.work()
            #expect(sent.value.isEmpty)
            site.time.advance(seconds: 1)
            await worker.work()
            await worker.work()
            #expect(sent.value.count == 1)
        }
    }

    @Test func `while the relay is away one mail finds that out, not every one`() async throws {
        try await AccountSite.visited { site, client in
            let attempts = Guarded(0)
            let worker = try worker(site) { _ in
                attempts.update { $0 += 1 }
                throw MailFailure.notNow(code: 7, reply: 0)
            }
            for applicant in [Applicant.moa, .nils] { _ = try await Browser(client).register(applicant) }
            await worker.work()
            #expect(attempts.value == 1)
            await worker.work()
            #expect(attempts.value == 2)
        }
    }

    @Test func `a relay that is slow with one mail holds up no other, nor the stop of the site`() async throws {
        try await AccountSite.visited { site, client in
            let sent = Guarded([String]())
            let worker = try worker(site) { mail in
                // Blocks until the sending task is cancelled.
                if mail.to.text == "moa@example.se" { try await Task.sleep(for: .seconds(600)) }
                sent.update { $0.append(mail.to.text) }
            }
            for applicant in [Applicant.moa, .nils, .astrid] { _ = try await Browser(client).register(applicant) }
            let work = Task { await worker.work() }
            let began = ContinuousClock.now
            while sent.value.count < 2, began + .seconds(60) > .now { try await Task.sleep(for: .milliseconds(20)) }
            #expect(sent.value.sorted() == ["astrid@example.se", "nils@example.se"])
            // A mail requested while that one still blocks waits only a moment.
            _ = try await Browser(client).register(Correspondents.eva)
            while sent.value.count < 3, began + .seconds(60) > .now { try await Task.sleep(for: .milliseconds(20)) }
            #expect(sent.value.contains("eva@example.se"))
            work.cancel()
            await work.value
            #expect(try worker.outbox.due(at: site.time.now.advanced(seconds: 3600)).count == 1)
        }
    }

    @Test func `pauses grow from a minute to six hours and end`() {
        #expect(MailWorker.pause(after: 1) == 60)
        #expect(MailWorker.pause(after: 6) == 21_600)
        #expect(MailWorker.pause(after: 20) == 21_600)
        #expect(MailWorker.pause(after: 21) == nil)
    }

    @Test func `a mail that the relay refuses is not sent again`() async throws {
        try await AccountSite.visited { site, client async throws in
            let attempts = Guarded(0)
            let worker = try worker(site) { _ in
                attempts.update { $0 += 1 }
                throw MailFailure.refused(reply: 550)
            }
            _ = try await Browser(client).register(.moa)
            await worker.work()
            site.time.advance(seconds: 86_400)
            await worker.work()
            #expect(attempts.value == 1)
        }
    }

    @Test func `a restart sends nothing twice and forgets nothing`() async throws {
        try await AccountSite.visited { site, client async throws in
            _ = try await Browser(client).register(.moa)
            #expect(try await site.mails().count == 1)
            _ = try await Browser(client).register(.nils)
            let sent = Guarded([String]())
            let restarted = try worker(site) { mail in sent.update { $0.append(mail.to.text) } }
            await restarted.work()
            #expect(sent.value == ["nils@example.se"])
        }
    }

    @Test func `what does not make sense any more is not sent`() async throws {
        try await AccountSite.visited { site, client async throws in
            _ = try await Browser(client).register(.moa)
            site.time.advance(seconds: 48 * 3600)
            #expect(try await site.mails().isEmpty)
            _ = try await Browser(client).register(.nils)
            site.time.advance(seconds: 7 * 86_400)
            for event in try site.application.log.events(after: 0, limit: 100)
            where event.type.name == "accounts.signed-up" {
                let member = try #require(event.stream.id(MemberKind.self))
                #expect(try await site.application.accounts.lapse(member))
            }
            #expect(try await site.mails().isEmpty)
        }
    }

    @Test(.clause("P-14.1")) func `the outbox holds neither address nor link`() async throws {
        try await AccountSite.visited { site, client async throws in
            let worker = try worker(site) { _ in throw MailFailure.notNow(code: 7, reply: 0) }
            _ = try await Browser(client).register(.moa)
            await worker.work()
            let rows = try site.site.runtime.database.read { try Row.fetchAll($0, sql: "SELECT * FROM mails") }
            #expect(rows.count == 1)
            #expect(
                Set(rows.first?.columnNames.map { $0 } ?? []) == [
                    "position", "kind", "member", "attempts", "due", "doubtful", "lane", "code", "reply",
                ])
            #expect(!rows.description.contains("example.se"))
        }
    }

    @Test func `a new outbox begins at the end of the log`() async throws {
        try await AccountSite.visited { site, client async throws in
            _ = try await Browser(client).register(.moa)
            let outbox = try Outbox(store: try RuntimeStore(), head: site.head)
            #expect(try outbox.position == site.head)
            #expect(try Outbox(store: outbox.store, head: 1).position == 1, "a log that was restored is shorter")
            #expect(try Outbox(store: outbox.store, head: 9).position == 1)
        }
    }

    @Test(.clause("P-15.1")) func `every mail says why it came and who sends it, and loads nothing`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.get("/glomt-losenord")
            _ = try await browser.post("/glomt-losenord", ["email": "moa@example.se"])
            let mail = try #require(try await site.mails().first)
            #expect(mail.body.ranges(of: "Du får mejlet för att").count == 2)
            #expect(mail.body.ranges(of: "Organisationsnummer 000000-0000").count == 2)
            for tag in ["<img", "<link", "<script", "src=", "url(", "@import"] { #expect(!mail.body.contains(tag)) }
            #expect(mail.header("Auto-Submitted") == "auto-generated")
            #expect(mail.header("From") == "=?utf-8?B?TWlrcm9mw7ZyZXRhZw==?= <info@example.org>")
        }
    }
}
