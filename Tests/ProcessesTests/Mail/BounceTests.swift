import Accounts
import Events
import Foundation
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-15.2")) struct `Mail that comes back` {
    /// Delivers a report about a mail into the maildir, as a server would, and processes it.
    private func comeBack(
        _ mail: OutgoingMail, _ status: String = "5.1.1", action: String = "failed", to address: String? = nil,
        at site: MailSite
    ) async throws {
        let directory = site.application.files.data.appending(path: "reports")
        let folder = directory.appending(path: "new")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let to = try #require(address ?? mail.returnPath?.text.uppercased())
        let report = """
            From: MAILER-DAEMON@example.net
            To: \(to)
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; example.net

            Final-Recipient: rfc822; \(mail.to.text)
            Action: \(action)
            Status: \(status)
            --b--
            """
        try Data(report.utf8).write(to: folder.appending(path: "1"))
        try await read(site)
    }

    private func read(_ site: MailSite) async throws {
        var delivery = MailDelivery()
        delivery.reportAddress = MailSite.reports
        delivery.reportDirectory = site.application.files.data.appending(path: "reports").path
        await site.waitForViews()
        try await DeliveryReportWorker(
            application: site.application, site: site.account.site, delivery, reader: .inProcess
        ).work()
        await site.waitForViews()
    }

    private func files(_ folder: String, _ site: MailSite) -> [String] {
        let directory = site.application.files.data.appending(path: "reports/\(folder)")
        return (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    }

    private func sendOne(_ site: MailSite) async throws -> OutgoingMail {
        try await site.askForPassword()
        await site.work()
        return try #require(site.mails(to: "moa@example.se").last)
    }

    @Test func `has a unique envelope sender that reveals nothing`() async throws {
        try await MailSite.visited { site async throws in
            let (first, second) = (try await sendOne(site), try await sendOne(site))
            let address = try #require(first.returnPath?.text)
            #expect(address.hasPrefix("bounce+") && address.hasSuffix("@example.org"))
            #expect(address != second.returnPath?.text)
            #expect(!address.contains(try site.member("moa").description))
            #expect(first.from.address.text == "info@example.org")
        }
    }

    @Test func `for good stops further mail to that address, and her settings say so`() async throws {
        try await MailSite.visited { site async throws in
            let mail = try await sendOne(site)
            let before = site.head
            try await comeBack(mail, at: site)
            #expect(try site.events(after: before) == ["mail.bounced"])
            #expect(files("new", site).isEmpty && files("cur", site).isEmpty)
            let browser = try await site.browser(as: "moa")
            for page in ["/installningar", "/sajtinstallningar"] {
                let text = try await browser.get(page)
                #expect(text.contains("adressen tar inte emot mejl (5.1.1)") && text.contains("Byt adress"))
            }
            let count = site.sent.value.count
            site.time.advance(seconds: 60)
            try await site.accounts.changeUsername(
                of: site.member("moa"), to: Username("moa_ny"), command: site.command())
            await site.work()
            #expect(site.sent.value.count == count)
            guard case .suppressed(_, .bounced)? = try site.outcomes(after: before).last else {
                Issue.record("not suppressed")
                return
            }
        }
    }

    @Test func `does not lock anybody out: links that are asked for are sent all the same`() async throws {
        try await MailSite.visited { site async throws in
            try await comeBack(try await sendOne(site), at: site)
            let count = site.sent.value.count
            _ = try await sendOne(site)
            #expect(site.sent.value.count == count + 1)
        }
    }

    @Test func `is tried again when she says so, and goes to another address at once`() async throws {
        try await MailSite.visited { site async throws in
            try await comeBack(try await sendOne(site), at: site)
            let browser = try await site.browser(as: "moa")
            _ = try await browser.get("/installningar")
            let answer = try await browser.post("/installningar/epost/forsok-igen", [:])
            #expect(answer.location == "/installningar?klart=forsok-igen#mejl")
            #expect(try await browser.get("/installningar").contains("Så vitt vi vet kommer mejlen fram"))
            let moa = try site.member("moa")
            try await comeBack(try await sendOne(site), at: site)
            let address = try #require(try site.accounts.member(moa).account?.email?.subject)
            #expect(try site.application.messaging.mailbox(of: moa).refusal(at: address) != nil)
            try await site.accounts.requestEmailChange(
                of: moa, to: EmailAddress("moa.ny@example.se"), command: site.command())
            try await site.accounts.confirmEmailChange(of: moa, linkMadeAt: site.time.now, command: site.command())
            let other = try #require(try site.accounts.member(moa).account?.email?.subject)
            #expect(try site.application.messaging.mailbox(of: moa).refusal(at: other) == nil)
        }
    }

    @Test func `for the time being is counted and stops nothing`() async throws {
        try await MailSite.visited { site async throws in
            try await comeBack(try await sendOne(site), "4.2.2", at: site)
            try await comeBack(try await sendOne(site), "5.2.2", at: site)
            let page = try await site.browser(as: "moa").get("/installningar")
            #expect(page.contains("mejl har kommit tillbaka, till exempel"))
            let admin = try await site.browser(as: "astrid").get("/admin/mejl")
            #expect(admin.contains("Kom tillbaka tills vidare"))
        }
    }

    @Test func `for the time being, five times in two weeks, stops further mail as well, and her settings say so`()
        async throws
    {
        try await MailSite.visited { site async throws in
            let moa = try site.member("moa")
            let address = try #require(try site.accounts.member(moa).account?.email?.subject)
            func isRefusing() throws -> Bool {
                try site.application.messaging.mailbox(of: moa).refusal(at: address) != nil
            }
            // Any number on a single bad day stops nothing.
            for _ in 1...6 { try await comeBack(try await sendOne(site), "4.2.2", at: site) }
            #expect(try !isRefusing())
            // So long ago that it no longer counts.
            site.time.advance(seconds: 15 * 86_400)
            for _ in 1...4 {
                try await comeBack(try await sendOne(site), "4.2.2", at: site)
                site.time.advance(seconds: 86_400)
            }
            #expect(try !isRefusing())
            try await comeBack(try await sendOne(site), "5.2.2", at: site)
            #expect(try isRefusing())
            let browser = try await site.browser(as: "moa")
            for page in ["/installningar", "/sajtinstallningar"] {
                let text = try await browser.get(page)
                #expect(text.contains("fick vi tillbaka fem mejl till din adress") && text.contains("Försök igen"))
            }
            _ = try await browser.get("/installningar")
            _ = try await browser.post("/installningar/epost/forsok-igen", [:])
            #expect(try !isRefusing())
        }
    }

    @Test func `is noted once, however often the same report is read`() async throws {
        try await MailSite.visited { site async throws in
            let mail = try await sendOne(site)
            let before = site.head
            for _ in 1...3 { try await comeBack(mail, at: site) }
            #expect(try site.events(after: before) == ["mail.bounced"])
        }
    }

    @Test func `only late is no bounce`() async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            try await comeBack(try await sendOne(site), "4.4.1", action: "delayed", at: site)
            #expect(try !site.events(after: before).contains("mail.bounced"))
        }
    }

    @Test(arguments: [
        "bounce@example.org", "bounce+0000000000000000000000000a@example.org", "bounce+abc@example.org",
        "bounce+zzzzzzzzzzzzzzzzzzzzzzzzzz@example.org", "info@example.org",
    ])
    func `to an address that nobody was given is left for a person to look at`(address: String) async throws {
        try await MailSite.visited { site async throws in
            let mail = try await sendOne(site)
            let before = site.head
            try await comeBack(mail, to: address, at: site)
            #expect(site.head == before)
            #expect(files("cur", site).count == 1 && files("new", site).isEmpty)
        }
    }
}
