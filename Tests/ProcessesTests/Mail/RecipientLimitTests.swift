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

@Suite(.clause("P-08.2")) struct `Mail that strangers ask for` {
    private static let limits: [RateLimit.Kind: RateLimit] = [.recipient: RateLimit(5, per: .hour)]

    private func ask(_ path: String, _ fields: [String: String], _ site: AccountSite, _ client: any TestClientProtocol)
        async throws -> Browser.Answer
    {
        let browser = Browser(client)
        var fields = fields
        if let stamp = try await browser.get(path).stamp { fields["tid"] = stamp }
        site.time.advance(seconds: 5)
        return try await browser.post(path, fields)
    }

    private func question(from email: String) -> [String: String] {
        ["galler": "fraga", "amne": "Hej", "meddelande": "Hur gör jag?", "email": email, "name": "Ute"]
    }

    @Test func `is held back whatever the form and the spelling, and no page says so`() async throws {
        try await AccountSite.visited(limits: Self.limits) { site, client async throws in
            var pages: [Browser.Answer] = []
            for number in 0..<4 {
                let spelled = ["ute@example.se", "UTE@example.se", "ute@EXAMPLE.se\u{200B}", " Ute@example.se"][number]
                let applicant = Applicant(email: spelled, username: "ute\(number)", number: "198002222399")
                pages.append(try await Browser(client).register(applicant))
                site.time.advance(seconds: 1)
                let sent = try await ask("/kontakt", question(from: spelled), site, client)
                #expect(sent.status == 303 && sent.location == "/kontakt?klart=skickat")
            }
            #expect(pages.allSatisfy { $0.status == 200 && $0.withoutTokens == pages[0].withoutTokens })
            let recipients = try await site.mails().map { $0.to.lowercased() }
            #expect(recipients == Array(repeating: "<ute@example.se>", count: 3))
            #expect(try site.eventNames().filter { $0 == "accounts.signed-up" }.count == 4)
            #expect(try site.eventNames().filter { $0 == "cases.opened" }.count == 4, "what was written has come in")
            site.time.advance(seconds: 3600)
            _ = try await ask("/kontakt", question(from: "ute@example.se"), site, client)
            #expect(try await site.mails().count == 4)
        }
    }

    @Test func `leaves room for the link that lets the owner in`() async throws {
        try await AccountSite.visited(limits: Self.limits) { site, client async throws in
            try await site.join(.moa, with: client)
            site.time.advance(seconds: 3600)
            for _ in 0..<6 { _ = try await ask("/kontakt", question(from: "moa@example.se"), site, client) }
            #expect(try await site.mails().count == 3)
            _ = try await ask("/glomt-losenord", ["email": "moa@example.se"], site, client)
            let mails = try await site.mails()
            #expect(mails.count == 4)
            #expect(mails.last?.link("/nytt-losenord/") != nil)
            for _ in 0..<6 { _ = try await ask("/glomt-losenord", ["email": "moa@example.se"], site, client) }
            #expect(try await site.mails().count == 5)
        }
    }

    @Test func `takes nothing from mails about what a member does herself`() async throws {
        try await SettingsSite.visited(limits: Self.limits) { site async throws in
            site.time.advance(seconds: 3600)
            for _ in 0..<6 {
                _ = try await ask("/kontakt", question(from: "moa@example.se"), site.account, site.client)
            }
            for _ in 0..<6 {
                _ = try await ask("/glomt-losenord", ["email": "moa@example.se"], site.account, site.client)
            }
            #expect(try await site.mails().count == 5)
            let browser = try await site.browser()
            _ = try await browser.fill(
                "/installningar/losenord",
                ["password": AccountSite.password, "new-password": "blå stege under äppelträd"])
            #expect(try await site.mails().map(\.subject) == ["Ditt lösenord har bytts"])
            let sent = try await browser.fill("/kontakt", question(from: ""))
            #expect(sent.status == 303)
            #expect(try await site.mails().count == 1, "the receipt of a member's own question")
        }
    }

    @Test(.clause("P-12.4")) func `counts the address that a member wants instead of hers`() async throws {
        try await SettingsSite.visited(limits: Self.limits) { site async throws in
            let browser = try await site.browser()
            for number in 0..<6 {
                site.time.advance(seconds: 1)
                let address = number.isMultiple(of: 2) ? "ute@example.se" : "Ute@EXAMPLE.se"
                let page = try await browser.fill(
                    "/installningar/epost", ["email": address, "password": AccountSite.password])
                #expect(page.status == 303)
                _ = await site.account.worker.work()
            }
            #expect(try await site.mails().filter { $0.to.lowercased() == "<ute@example.se>" }.count == 3)
        }
    }

    @Test func `counts one mail once however often it is tried, and one mailbox however it is spelled`() throws {
        let store = try RuntimeStore()
        let recipients = try RecipientLimit(RateLimit(3, per: .hour), store: store)
        let now = TestClock().now
        func admits(_ position: Int, _ address: String, at time: Instant) throws -> Bool {
            let entry = Outbox.Entry(position: position, mail: .confirmAddress, member: MemberID(rawValue: 7))
            return try recipients.admits(entry, to: try #require(MailAddress(address)), .asked, at: time)
        }
        for _ in 0..<4 { #expect(try admits(1, "ute@räksmörgås.se", at: now)) }
        #expect(try admits(2, "UTE@xn--rksmrgs-5wao1o.se", at: now))
        #expect(try !admits(3, "ute@RÄKSMÖRGÅS.se", at: now))
        #expect(try admits(4, "ute+1@räksmörgås.se", at: now))
        #expect(try !admits(5, "ute@räksmörgås.se", at: now.advanced(seconds: 3599)))
        #expect(try admits(6, "ute@räksmörgås.se", at: now.advanced(seconds: 3600)))
        try recipients.forget(MemberID(rawValue: 7))
        let left = try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM mails_to_recipients") }
        #expect(left == 0)
    }
}
