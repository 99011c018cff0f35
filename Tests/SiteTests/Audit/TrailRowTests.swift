import Events
import Messaging
import Projections
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `The rows of the audit trail` {
    private func append(_ events: [any DomainEvent], in stream: StreamName, _ site: StaffedSite) async throws {
        site.time.advance(seconds: 1)
        _ = try await site.application.log.append(
            Append(
                command: CommandID(at: site.time.now), actor: .system, time: site.time.now,
                streams: [StreamAppend(stream, expected: .any, events)]))
        _ = await site.application.views.waitUntil(position: site.application.log.head)
    }

    private func mails(_ count: Int, _ site: StaffedSite) -> [any DomainEvent] {
        (1...count).map { number in
            MailEvent.handedOver(
                SentMail(
                    MailKey(asked: number, name: .newsletter, member: site.eva), address: nil, checked: 1, attempts: 1))
        }
    }

    @Test func `fold mails that follow each other into one, which opens`() async throws {
        let site = try await StaffedSite()
        let outbox = StreamName("outbox")
        try await append(mails(1, site), in: outbox, site)
        try await append([StaffEvent.roleGranted(.moderator, site.moa)], in: StreamName("staff"), site)
        try await append(mails(250, site), in: outbox, site)
        let key = MailKey(asked: 1, name: .newsletter, member: site.eva)
        let skipped = MailEvent.suppressed(SentMail(key, address: nil, checked: 1, attempts: 1), .switchedOff)
        try await append([skipped], in: outbox, site)
        let head = site.application.log.head
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/granskningslogg")
            #expect(page.contains("<summary>250\u{A0}mejl skickades, 1\u{A0}mejl skickades inte</summary>"))
            #expect(page.text.ranges(of: "<summary>").count - page.text.ranges(of: "class=\"menu\"").count == 1)
            #expect(page.contains("<td>Ett mejl lämnades till mejlservern</td>"), "a single one is a row")
            // A hundred in the row, and the others by themselves.
            let all = "/revision/granskningslogg?typ=mail.handed-over&amp;fore=\(head + 1)"
            #expect(page.contains(all))
            let unfolded = try await browser.get(all.replacing("&amp;", with: "&"))
            #expect(unfolded.text.ranges(of: "<td>Ett mejl lämnades till mejlservern</td>").count == 50)
            // All other events fit on the page.
            #expect(page.contains("href=\"/revision/handelse/1\"") && !page.contains("Äldre"))
            #expect(!page.contains("mail.handed-over.v") && !page.contains(">outbox<"))
        }
        await site.close()
    }

    @Test func `tell a password that was chosen from one that was stored anew at a sign-in`() async throws {
        let site = try await StaffedSite()
        let account = try #require(try site.application.accounts.member(site.eva).account?.password)
        for cause in [PasswordCause.chosen, .changed, .reset, .rehashed] {
            try await append([MemberEvent.password(.set(account, cause))], in: StreamName(site.eva), site)
        }
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/granskningslogg?typ=accounts.password-set")
            for words in [
                "Valde lösenord", "Bytte lösenord", "Valde ett nytt lösenord med länken i ett mejl",
                "Lösenordet sparades på ett säkrare sätt vid en inloggning",
            ] {
                #expect(page.contains("<td>\(words)</td>"), "\(words)")
            }
            let event = try await browser.get("/revision/handelse/\(site.application.log.head)")
            #expect(event.contains("Lösenordet sparades på ett säkrare sätt"))
            #expect(event.contains("accounts.password-set.v1"))
        }
        await site.close()
    }

    @Test func `say in Swedish what they are about`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/granskningslogg?klausul=P-00.1")
            #expect(page.contains("<td>Integritetspolicyn</td>") && page.contains("<td>Medlemsvillkoren</td>"))
            let event = try await browser.get("/revision/handelse/1")
            #expect(event.contains("privacy-policy, händelse 1") || event.contains("member-terms, händelse 1"))
        }
        await site.close()
        let streams = Set(
            ["member:x", "case:x", "fence:x", "privacy-policy", "keys"].map { StreamWords.words(for: $0).kind })
        #expect(streams == ["Medlem", "Ärende", "Radering", "Integritetspolicyn", "Huvudnycklar"])
        #expect(StreamWords.words(for: "okant:x").kind == "okant:x")
    }
}
