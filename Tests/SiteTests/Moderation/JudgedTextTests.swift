import Accounts
import Events
import Forum
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `A text that is judged` {
    private let words = ModeratedSite.words
    private let better = ModeratedSite.better

    @Test func `is read by who decides as it stood when it was reported, with how it was edited since`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            site.cases.time.advance(seconds: 60)
            try await site.revise(to: better)
            for name in ["greta", "astrid"] {
                let page = try await site.cases.browser(as: name).get("/admin/arende/\(id)")
                #expect(page.contains(words) && page.contains(better) && page.contains("Sedan dess har den ändrats"))
                #expect(page.contains("snickar-nisse skrev") && page.contains("/trad/\(site.thread)"))
            }
        }
    }

    @Test func `that is removed is read by the judge of the appeal and by its author, and by nobody else`() async throws
    {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            #expect(try await site.decide(id, .upheld, as: "greta").status == 303)
            #expect(try !site.isVisible)
            try await site.appeal(id)
            let own = try await site.cases.browser(as: "snickar-nisse").get("/arenden/\(id)")
            #expect(own.contains(words) && own.contains("Du skrev"))
            let judge = try await site.cases.browser(as: "gun").get("/admin/arende/\(id)")
            #expect(judge.contains(words) && judge.contains("togs bort av en moderator"))

            // The decider, the reporter, another member and a visitor do not see it at any address.
            for name in ["greta", "moa", nil] {
                let browser = try await site.cases.browser(as: name)
                for path in [
                    "/admin/arende/\(id)", "/arenden/\(id)", "/inlagg/\(site.post)/historik", "/admin/ko",
                    "/trad/\(site.thread)/om-telefoner", "/inlagg/\(site.post)/andra", "/arende/\(id)/gissat",
                ] {
                    let answer = try await browser.get(path)
                    #expect(!answer.contains("hon svarar alltid"), "\(name ?? "visitor") \(path)")
                }
            }
            let guessed = site.application.messaging.link(to: id, for: .opener)
            #expect(!(try await site.cases.browser().get("/arende/\(id)/\(guessed)").contains(words)))
        }
    }

    @Test func `stands in the form of appeal before it is sent, also by the link in the mail`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            _ = try await site.decide(id, .upheld, as: "greta")
            let page = try await site.cases.browser(as: "snickar-nisse").get("/arenden/\(id)")
            #expect(page.contains(words) && page.contains("Begär omprövning"))
            let link = site.application.messaging.link(to: id, for: .other)
            #expect(try await site.cases.browser().get("/arende/\(id)/\(link)").contains(words))
        }
    }

    @Test(.clause("P-06.3")) func `that its author has taken back can be judged while it is stored`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            _ = try await site.application.forum.delete(
                site.post, by: Standing(site.nils), command: site.cases.nextCommand())
            let page = try await site.cases.browser(as: "greta").get("/admin/arende/\(id)")
            #expect(page.contains(words) && page.contains("borttaget av den som skrev det"))
        }
    }

    @Test func `that is erased stays erased, and the pages say so`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            _ = try await site.decide(id, .upheld, as: "greta")
            _ = try await site.application.forum.erase(
                site.post, because: .unlawful, by: Standing(site.greta, as: .moderator),
                command: site.cases.nextCommand())
            try await site.appeal(id)
            for (name, path) in [("gun", "/admin/arende/\(id)"), ("snickar-nisse", "/arenden/\(id)")] {
                let page = try await site.cases.browser(as: name).get(path)
                #expect(!page.contains("hon svarar alltid") && page.contains("Ingen kan läsa den, inte heller vi"))
            }
        }
    }

    @Test func `of a thread is its title and its first post`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.cases.open(.report(.abuse, .thread(site.thread)), by: site.cases.member("moa"))
            let page = try await site.cases.browser(as: "greta").get("/admin/arende/\(id)")
            #expect(page.contains("Om telefoner") && page.contains(words))
            #expect(try await site.decide(id, .upheld, as: "greta").status == 303)
            #expect(try !site.isVisible)
        }
    }

    @Test(.clause("P-06.2")) func `that is a private message is opened with a reason; its author reads it on her case`()
        async throws
    {
        try await ModeratedSite.visited { site async throws in
            let messaging = site.application.messaging
            let moa = try site.cases.member("moa")
            let begun = try await messaging.beginConversation(
                with: [moa], reachable: [moa], MessageText("Hej"), by: site.nils, command: site.cases.nextCommand())
            let message = try await messaging.send(
                MessageText("Jag vet var du bor"), in: begun.conversation, by: site.nils, reachable: { Set($0) },
                command: site.cases.nextCommand()
            ).message
            _ = try await messaging.report(
                message, in: begun.conversation, for: .abuse, note: "", by: moa, command: site.cases.nextCommand())
            try await site.cases.catchUp()
            await site.cases.work.work()
            let id = try await site.cases.newest()
            let staff = try await site.cases.browser(as: "greta").get("/admin/arende/\(id)")
            #expect(!staff.contains("Jag vet var du bor") && staff.contains("/admin/anmalt-meddelande/\(message)"))
            _ = try await site.decide(id, .partly, as: "astrid", "Det är ett hot")
            let own = try await site.cases.browser(as: "snickar-nisse").get("/arenden/\(id)")
            #expect(own.contains("Jag vet var du bor") && own.contains("Det är ett hot"))
            #expect(!(try await site.cases.browser(as: "moa").get("/arenden/\(id)").contains("Jag vet var du bor")))
        }
    }
}
