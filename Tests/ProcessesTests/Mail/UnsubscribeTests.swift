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

@Suite(.clause("P-09.2")) struct `The link that ends mails` {
    private func link(_ site: MailSite, _ mails: MailSwitch, _ username: String = "moa") throws -> String {
        let token = UnsubscribeTokens(log: site.application.log).token(for: try site.member(username), from: mails)
        return "/avregistrera/\(try #require(token))"
    }

    @Test func `shows a page first, which changes nothing`() async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            let page = try await site.browser().get(link(site, .newsletter))
            #expect(page.status == 200 && page.contains("Sluta få vårt nyhetsbrev?"))
            #expect(page["Referrer-Policy"] == "no-referrer" && page["Cache-Control"] == "private, no-store")
            #expect(site.head == before)
            #expect(!page.contains("moa"))
        }
    }

    @Test func `acts at once for a mail program without cookie, form or sign-in`() async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            let answer = try await site.browser().post(
                link(site, .newsletter), raw: Array("--x\r\nList-Unsubscribe=One-Click\r\n--x--".utf8),
                type: "multipart/form-data; boundary=x")
            #expect(answer.status == 200 && answer.contains("Du får inte längre vårt nyhetsbrev."))
            let event = try #require(try site.application.log.events(after: before, limit: 1).first)
            #expect(event.actor == .visitor)
            guard case .consent(.newsletterAnswered(let answered))? = try MemberEvent.decode(event) else {
                Issue.record("not answered")
                return
            }
            #expect(answered == NewsletterAnswer(isYes: false, form: UnsubscribeWording.hash))
            #expect(try !site.accounts.mayMailNewsletter(to: site.member("moa")))
            let settings = try await site.browser(as: "moa").get("/installningar")
            #expect(settings.contains(UnsubscribeWording.words) && settings.contains("Med länken i ett mejl"))
        }
    }

    @Test func `works for every sort of mail that can be switched off`() async throws {
        try await MailSite.visited { site async throws in
            for kind in MailKind.allCases {
                let answer = try await site.browser().post(
                    link(site, .kind(kind)), raw: Array("List-Unsubscribe=One-Click".utf8))
                #expect(answer.status == 200)
                #expect(try site.accounts.member(site.member("moa")).active?.choice(of: kind) == .no)
            }
        }
    }

    @Test func `of the mail of the day ends what is told once a day, and nothing else`() async throws {
        try await MailSite.visited { site async throws in
            let moa = try site.member("moa")
            let choices: [MailKind: MailChoice] = [.mention: .daily, .quote: .daily, .reply: .yes]
            try await site.accounts.setMailChoices(
                of: moa, choices.map { SetMailChoice($0.key, $0.value) }, command: site.command())
            let address = try link(site, .daily)
            let shown = try await site.browser().get(address)
            #expect(shown.contains("Sluta få dagens mejl om det som är nytt?"))
            let before = site.head
            let answer = try await site.browser().post(address, raw: Array("List-Unsubscribe=One-Click".utf8))
            #expect(answer.status == 200 && answer.contains("Du får inte längre dagens mejl om det som är nytt."))
            let account = try #require(try site.accounts.member(moa).active)
            #expect(account.choice(of: .mention) == .no && account.choice(of: .quote) == .no)
            #expect(account.choice(of: .reply) == .yes && account.choice(of: .privateMessage) == .unset)
            #expect(site.head == before + 2)
            _ = try await site.browser().post(address, raw: [])
            #expect(site.head == before + 2)
            // A mail requested before the unsubscription is not sent.
            try await site.application.messaging.askForDigest(
                of: site.time.now.stockholmDate, through: site.head, to: moa)
            let count = site.sent.value.count
            await site.work()
            #expect(site.sent.value.count == count)
            guard case .suppressed(_, .switchedOff)? = try site.outcomes(after: before).last else {
                Issue.record("not suppressed")
                return
            }
        }
    }

    @Test func `says the same a second time, and of an account that is gone`() async throws {
        try await MailSite.visited { site async throws in
            let link = try link(site, .newsletter)
            let answers = try await (0..<2).asyncMap { _ in try await site.browser().post(link, raw: []).withoutTokens }
            try await site.accounts.close(
                site.member("moa"), password: EnteredPassword(AccountSite.password), texts: .anonymise, marked: [],
                command: site.command())
            let before = site.head
            let after = try await site.browser().post(link, raw: []).withoutTokens
            #expect(answers == [after, after] && site.head == before)
        }
    }

    @Test(arguments: ["x", "%61%62", String(repeating: "a", count: 100), String(repeating: "A", count: 5000)])
    func `is useless when made up`(token: String) async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            #expect(try await site.browser().get("/avregistrera/\(token)").status == 404)
            #expect(try await site.browser().post("/avregistrera/\(token)", raw: []).status == 404)
            #expect(site.head == before)
        }
    }

    @Test func `tells nothing of its reader and is another one in every mail`() async throws {
        try await MailSite.visited { site async throws in
            let (first, second) = (try link(site, .newsletter), try link(site, .newsletter))
            #expect(first != second)
            #expect(!first.contains(try site.member("moa").description) && !first.contains("newsletter"))
            var changed = Array(first)
            changed[20] = changed[20] == "a" ? "b" : "a"
            #expect(try await site.browser().get(String(changed)).status == 404)
        }
    }
}

extension Sequence where Self: Sendable {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
