import Accounts
import Events
import Forum
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.3"), .clause("P-16.7")) struct `A number in a text` {
    private let words = "Mitt nummer är 19880917-2391. Ring 070-123 45 67."

    private func post(_ browser: Browser, _ path: String, _ fields: [String: String]) async throws -> Browser.Answer {
        _ = try await browser.get(path)
        return try await browser.post(path, fields)
    }

    @Test func `of a member's case is shown with a reason, and she can see that it was`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await site.ask(moa, ["meddelande": words])
            let (id, astrid) = (try await site.newest(), try await site.browser(as: "astrid"))
            let page = try await astrid.get("/admin/arende/\(id)")
            #expect(page.contains("[personnummer dolt]") && page.contains("070-123 45 67") && !page.contains("2391"))
            let path = "/admin/arende/\(id)/personnummer"
            #expect(page.contains("href=\"\(path)\""))
            let head = site.account.head
            #expect(!(try await astrid.get(path).contains("2391")))
            for fields in [[:], ["skal": "support"]] {
                let refused = try await post(astrid, path, fields)
                #expect(refused.status == 422 && !refused.contains("2391"))
            }
            #expect(site.account.head == head)
            let shown = try await post(astrid, path, ["skal": "identification"])
            #expect(shown.contains("19880917-2391") && shown.contains("070-123 45 67"))
            #expect(shown["Cache-Control"]?.contains("no-store") == true)
            #expect(try site.account.eventNames(after: head) == ["oversight.text-number-shown"])
            let entry = try #require(try site.application.accounts.numberViews(of: site.member("moa")).first)
            guard case .written(let view) = entry.shown else {
                Issue.record("no number in a text")
                return
            }
            #expect(view.role == .administrator && view.reason == .identification && view.place == .caseFile(id))
            #expect(try await moa.get("/installningar").contains("Visade ett personnummer i ett ärende"))
            #expect(!(try await astrid.get("/admin/arende/\(id)").contains("2391")))
        }
    }

    @Test func `of a visitor's letter is masked everywhere, and its showing stands beside the case`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(
                Letter(sender: "Ute 19880917-2391 <ute@example.se>", subject: "Om 198809172391", text: words))
            let (id, astrid) = (try await site.newest(), try await site.browser(as: "astrid"))
            for path in ["/admin/arende/\(id)", "/admin/arenden", "/admin/arende/\(id)/personnummer"] {
                #expect(!(try await astrid.get(path).contains("2391")), "\(path)")
            }
            #expect(
                try await post(astrid, "/admin/arende/\(id)/personnummer", ["skal": "identification"])
                    .contains("19880917-2391"))
            let event = try #require(
                try site.application.log.events(after: 0, limit: 2000).last {
                    $0.type.name == "oversight.text-number-shown"
                })
            #expect(event.stream.description == "viewed-text:\(id)" && event.content == SealedContent.none)
        }
    }

    @Test func `of a letter that is kept as it came is downloaded with a reason`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter(text: String(repeating: "Mycket text. ", count: 1000) + words))
            let (id, astrid) = (try await site.newest(), try await site.browser(as: "astrid"))
            let path = "/admin/arende/\(id)/mejl/1"
            let asked = try await astrid.get(path)
            #expect(asked["Content-Type"]?.hasPrefix("text/html") == true && !asked.contains("2391"))
            #expect(try await post(astrid, path, [:]).status == 422)
            let head = site.account.head
            #expect(try await post(astrid, path, ["skal": "identification"]).contains("19880917-2391"))
            #expect(try site.account.eventNames(after: head) == ["oversight.text-number-shown"])
        }
    }

    @Test func `that staff noted, answered or decided is masked too`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(site.browser(as: "moa"))
            let (id, astrid) = (try await site.newest(), try await site.browser(as: "astrid"))
            let path = "/admin/arende/\(id)"
            _ = try await post(astrid, path, ["atgard": "anteckna", "anteckning": words])
            _ = try await post(astrid, path, ["atgard": "svara", "meddelande": words])
            #expect(!(try await astrid.get(path).contains("2391")))
            _ = try await post(astrid, "\(path)/personnummer", ["skal": "identification"])
            #expect(try site.application.accounts.numberViews(of: site.member("moa")).count == 1)
        }
    }

    @Test func `of a reported post is masked, also where its formatting splits it, for moderators too`() async throws {
        try await ModeratedSite.visited { site async throws in
            try await site.revise(to: "Ring Moa, **19880917**-2391, eller [här](https://example.se/198809172391)")
            let id = try await site.report()
            let greta = try await site.cases.browser(as: "greta")
            for path in ["/admin/arende/\(id)", "/admin/ko"] {
                let page = try await greta.get(path)
                #expect(page.status == 200 && !page.contains("2391"), "\(path)")
            }
            let shown = try await post(greta, "/admin/arende/\(id)/personnummer", ["skal": "moderation"])
            #expect(shown.contains("19880917-2391"))
            let entry = try #require(try site.application.accounts.numberViews(of: site.nils).first)
            #expect(entry.shown.role == .moderator && entry.viewer == .member(site.greta))
        }
    }

    @Test func `of a reported message is shown when it is read with a reason, and its participants see that`()
        async throws
    {
        try await ModeratedSite.visited { site async throws in
            let (messaging, moa) = (site.application.messaging, try site.cases.member("moa"))
            let begun = try await messaging.beginConversation(
                with: [moa], reachable: [moa], MessageText(words), by: site.nils, command: site.cases.nextCommand())
            let message = try #require(
                try messaging.messages(in: begun.conversation, showsDeleted: true).first?.id)
            _ = try await messaging.report(
                message, in: begun.conversation, for: .personalData, note: "Han sprider 19880917-2391", by: moa,
                command: site.cases.nextCommand())
            try await site.cases.catchUp()
            let (astrid, path) = (
                try await site.cases.browser(as: "astrid"), "/admin/anmalt-meddelande/\(message)"
            )
            #expect(!(try await astrid.get(path).contains("2391")))
            let read = try await post(astrid, path, ["skal": "report"])
            #expect(read.contains("[personnummer dolt]") && !read.contains("2391"))
            let head = site.cases.account.head
            let refused = try await post(astrid, "\(path)/personnummer", ["skal": "moderation"])
            #expect(refused.status == 422 && !refused.contains("2391"))
            let shown = try await post(astrid, "\(path)/personnummer", ["skal": "moderation", "las-skal": "report"])
            #expect(shown.contains("19880917-2391"))
            #expect(
                try Set(site.cases.account.eventNames(after: head)) == [
                    "oversight.text-number-shown", "messages.opened-by-staff",
                ])
            for writer in [site.nils, moa] {
                #expect(try site.application.accounts.numberViews(of: writer).count == 1)
            }
            let greta = try await site.cases.browser(as: "greta")
            #expect(try await greta.get("\(path)/personnummer").status == 403)
        }
    }
}
