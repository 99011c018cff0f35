import Accounts
import Events
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `The mails before and at the erasure` {
    @Test func `thirty days before comes one with the restore link and the link of the receipt, once`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            let closing = try await site.mail(to: "moa@example.se")
            try site.accounts.mail.empty()
            let notice = site.time.now.adding(try #require(Period("P1Y"))).subtracting(Period(days: 30))
            site.time.set(notice.advanced(seconds: -1))
            #expect(try await site.run().done.isEmpty)
            site.time.set(notice)
            #expect(try await site.run().done == [.purgeNotice: 1])
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.link("/aterskapa/") == closing.link("/aterskapa/"))
            #expect(mail.link("/kvitto/") == closing.link("/kvitto/"))
            #expect(mail.body.contains("10 mars 2027"))
            site.time.advance(by: Period(days: 1))
            #expect(try await site.run().done.isEmpty)
            #expect(try await site.accounts.mails().count == 1)
        }
    }

    @Test func `the last one leads to the receipt, which appears when everything is done`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            try await site.time.advance(
                by: try #require(Period("P1Y")), reminding: [site.id("moa")], by: site.application.accounts)
            #expect(try await site.run().done == [.closedAccount: 1])
            let mail = try #require(try site.accounts.mail.mails().first)
            #expect(mail.to == "<moa@example.se>" && mail.subject == "Dina uppgifter är raderade")
            let link = try #require(mail.link("/kvitto/"))
            #expect(try await site.browser.get(link).contains("Raderingen pågår"))
            try await ErasureWorker(application: site.application, site: site.accounts.site).work()
            #expect(try await site.browser.get(link).contains("Kvitto på radering"))
        }
    }

    @Test func `the last one is tried once, and its failure delays nothing`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.leave(moa)
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            let attempts = Guarded<[Bool]>([])
            let application = site.application
            let mailer = Mailer { _ in
                // Sent only once the account can no longer be restored.
                let isErased = try application.accounts.member(id).account == nil
                attempts.update { $0.append(isErased) }
                throw MailFailure.notNow(code: 7, reply: 0)
            }
            let worker = try MailWorker(
                application: application, site: site.accounts.site, mailer: mailer,
                sender: #require(MailAddress("info@example.org")))
            try await site.time.advance(by: try #require(Period("P1Y")), reminding: [id], by: application.accounts)
            let run = try await application.retention(confirmation: worker.confirmation).engine.run()
            #expect(run.done == [.closedAccount: 1] && run.failed.isEmpty)
            #expect(attempts.value == [true])
            site.time.advance(by: Period(days: 1))
            await worker.work()
            #expect(attempts.value == [true])
            #expect(try await site.accounts.mails().isEmpty)
        }
    }
}
