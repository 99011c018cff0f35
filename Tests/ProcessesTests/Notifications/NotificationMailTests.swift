import Accounts
import Events
import Forum
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

@Suite(.clause("P-15.1")) struct `Mails about something new` {
    /// A worker that starts at the present head of the log.
    private func worker(_ they: Correspondents) throws -> NotificationWorker {
        try NotificationWorker(application: they.application, site: they.site.accounts.site)
    }

    private func mails(_ they: Correspondents, _ worker: NotificationWorker, to address: String) async throws
        -> [CaughtMail.Mail]
    {
        await worker.work()
        return try await they.site.accounts.mails().filter { $0.to == "<\(address)>" }
    }

    private func choose(_ browser: Browser, _ choices: [String: String]) async throws {
        let asBefore = [
            "private-message": "unset", "reply": "unset", "mention": "unset", "quote": "unset", "watched": "unset",
            "newsletter": "no",
        ]
        _ = try await browser.get("/sajtinstallningar")
        #expect(try await browser.post("/sajtinstallningar", asBefore.merging(choices) { $1 }).status == 303)
    }

    @Test(.clause("P-15.2")) func `tell without a choice of a message, never what it says, and once until it is read`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            let worker = try worker(they)
            let conversation = try await they.begin(they.moa, to: "eva", "Hemliga bordet")
            let first = try await mails(they, worker, to: "eva@example.se")
            let mail = try #require(first.first)
            #expect(first.count == 1 && mail.link("/meddelanden/") == conversation)
            #expect(!mail.body.contains("Hemliga") && !mail.body.contains("moa"))
            #expect(mail.body.contains("Sajtinställningar"))
            try await they.send(they.moa, in: conversation, "Är du där?")
            #expect(try await mails(they, worker, to: "eva@example.se").count == 1)
            // A member is not notified of her own post.
            #expect(try await mails(they, worker, to: "moa@example.se").isEmpty)
            _ = try await they.eva.get(conversation)
            try await they.send(they.moa, in: conversation, "Och nu?")
            #expect(try await mails(they, worker, to: "eva@example.se").count == 2)
        }
    }

    @Test func `are not sent when they were asked for before a no, or when all is read`() async throws {
        try await Correspondents.meet { they async throws in
            let worker = try worker(they)
            _ = try await they.begin(they.moa, to: "eva snickar-nisse", "Hej")
            await worker.work()
            try await choose(they.eva, ["private-message": "no"])
            _ = try await they.nils.get(try await they.nils.get("/meddelanden").firstConversation)
            #expect(try await they.site.accounts.mails().isEmpty)
        }
    }

    @Test func `come for answers, mentions, quotes and watched threads only to those who want them`() async throws {
        try await Correspondents.meet { they async throws in
            try await choose(they.moa, ["reply": "yes"])
            try await choose(they.nils, ["quote": "yes", "mention": "no"])
            try await choose(they.eva, ["watched": "yes"])
            let (moa, nils) = (try they.moaID, try they.nilsID)
            let written = try await they.site.write("Hej", by: moa)
            let watch = "/trad/\(written.thread)/bevaka"
            try await they.press(they.eva, watch, at: watch, ["bevaka": "ja"])
            let worker = try worker(they)
            func reply(_ text: String, by member: MemberID) async throws -> PostID {
                they.site.time.advance(seconds: 1)
                let post = try await they.application.forum.reply(
                    to: written.thread, they.application.draft(text), by: Standing(member), command: they.site.command()
                ).post
                await they.site.waitForViews()
                return post
            }
            let answer = try await reply("Svaret på allt", by: nils)
            #expect(
                try await mails(they, worker, to: "moa@example.se").map(\.subject) == [
                    "Svar i din tråd hos Mikroföretag"
                ]
            )
            #expect(try await mails(they, worker, to: "eva@example.se").count == 1)
            _ = try await reply("[citat \(answer)]\n\nJo, @snickar-nisse", by: try they.evaID)
            // A mention takes precedence over a reply, and this member has switched mention mails off.
            #expect(try await mails(they, worker, to: "nils@example.se").isEmpty)
            try await they.press(
                they.nils, "/aviseringar/lasta", at: "/aviseringar",
                ["till-och-med": "\(they.site.accounts.head)"])
            _ = try await reply("[citat \(answer)]\n\nJaså", by: moa)
            let quoted = try await mails(they, worker, to: "nils@example.se")
            #expect(quoted.map(\.subject) == ["Någon har citerat dig hos Mikroföretag"])
            #expect(quoted.allSatisfy { !$0.body.contains("Svaret") && !$0.body.contains("moa") })
            // One mail for the thread until it is read.
            #expect(try await mails(they, worker, to: "moa@example.se").count == 1)
        }
    }

    @Test func `come once a day together to those who chose that`() async throws {
        try await Correspondents.meet { they async throws in
            try await choose(they.eva, ["private-message": "daily", "mention": "daily"])
            let worker = try worker(they)
            await worker.work()
            let conversation = try await they.begin(they.moa, to: "eva", "Ett")
            try await they.send(they.moa, in: conversation, "Två")
            _ = try await they.site.write("Hej @eva", by: try they.nilsID)
            #expect(try await mails(they, worker, to: "eva@example.se").isEmpty)
            let tomorrow = they.site.time.now.adding(Period(days: 1)).stockholmDate
            they.site.time.set(tomorrow.startInStockholm.advanced(seconds: 7 * 3600 - 60))
            #expect(try await mails(they, worker, to: "eva@example.se").isEmpty)
            they.site.time.advance(seconds: 120)
            let digest = try await mails(they, worker, to: "eva@example.se")
            #expect(digest.map(\.subject) == ["Nytt för dig hos Mikroföretag"])
            let text = try #require(digest.first?.body)
            #expect(digest.first?.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
            #expect(text.contains("två meddelanden och ett inlägg där du nämns") && !text.contains("Ett"))
            // No news, no mail; what was mailed once is not mailed again.
            they.site.time.advance(seconds: 86_400)
            #expect(try await mails(they, worker, to: "eva@example.se").count == 1)
            try await they.send(they.moa, in: conversation, "Tre")
            they.site.time.advance(seconds: 86_400)
            let next = try await mails(they, worker, to: "eva@example.se")
            #expect(next.count == 2 && next.last?.body.contains("ett meddelande som") == true)
        }
    }

    @Test func `are asked for once, also by a worker that was killed before it noted how far it had come`() async throws
    {
        try await Correspondents.meet { they async throws in
            let worker = try worker(they)
            _ = try await they.begin(they.moa, to: "eva", "Hej")
            let before = they.site.accounts.head
            await worker.work()
            try worker.note(told: before)
            await worker.work()
            #expect(try they.site.events(after: before) == ["notices.mail-asked"])
        }
    }
}

extension Browser.Answer {
    fileprivate var firstConversation: String {
        text.firstMatch(of: /href="(\/meddelanden\/[0-9a-z]{13})"/).map { String($0.1) } ?? "/"
    }
}
