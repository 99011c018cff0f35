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

@Suite(.clause("P-12.5")) struct `A case that is erased before its time` {
    @Test func `is gone for everybody, by an administrator with a reason`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await site.ask(moa, ["meddelande": "Min hund heter Sixten"])
            let id = try await site.newest()
            let astrid = try await site.browser(as: "astrid")
            let place = "/admin/arende/\(id)"
            #expect(try await astrid.get(place).contains("Sixten"))
            let head = site.account.head
            let refused = try await astrid.post(place, ["atgard": "radera"])
            #expect(refused.status == 422 && refused.contains("Välj varför ärendet raderas."))
            #expect(site.account.head == head)

            _ = try await astrid.get(place)
            let done = try await astrid.post(place, ["atgard": "radera", "radera-for": "authors-request"])
            #expect(done.location == "/admin/arenden")
            #expect(
                try site.account.eventNames(after: head).prefix(3)
                    == ["cases.erased", "erasure.fenced", "erasure.fenced"])
            try await site.catchUp()
            #expect(try site.application.messaging.record(id) == nil)
            let contents = try site.application.log.events(in: StreamName(id)).map(\.content)
            #expect(contents.contains(.erased) && contents.allSatisfy { $0 == .erased || $0 == .none })
            #expect(try await moa.get("/arenden/\(id)").status == 404)
            #expect(try await astrid.get(place).status == 404)
            #expect(try await !moa.get("/arenden").contains("\(id)"))
            #expect(try await !astrid.get("/admin/arenden?visa=oppna").contains("\(id)"))
            // No late-answer warning is sent about an erased case.
            site.time.advance(seconds: 21 * 3600)
            await site.work.work()
            #expect(try await site.mails().allSatisfy { !$0.subject.contains("väntar") })
        }
    }

    @Test(.clause("P-18.2"))
    func `can be spam, which asks nothing; a question cannot be closed unanswered`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(try await site.browser(as: "moa"))
            let id = try await site.newest()
            let astrid = try await site.browser(as: "astrid")
            let place = "/admin/arende/\(id)"
            let page = try await astrid.get(place)
            #expect(!page.contains("Avsluta ärendet") && page.contains("kan avslutas när du har svarat"))
            let refused = try await astrid.post(place, ["atgard": "avsluta"])
            #expect(refused.status == 422 && refused.contains("någon väntar på svar"))
            _ = try await astrid.get(place)
            let done = try await astrid.post(place, ["atgard": "radera", "radera-for": "spam"])
            #expect(done.location == "/admin/arenden")
            try await site.catchUp()
            #expect(try site.application.messaging.record(id) == nil)

            let opened = try await site.application.forum.createCategory(
                CategoryText.parse(name: "Allmänt"), for: .everybody,
                by: Standing(site.member("astrid"), as: .administrator), command: site.nextCommand())
            let thread = try await site.application.forum.openThread(
                in: opened.category, title: ThreadTitle("Erbjudande"), body: site.application.draft("Köp nu"),
                by: Standing(site.member("moa")), command: site.nextCommand())
            try await site.catchUp()
            let erasing = "/inlagg/\(thread.post)/radera-for-gott"
            #expect(try await !astrid.get(erasing).contains("value=\"spam\""))
            #expect(try await astrid.post(erasing, ["radera-for": "spam"]).status == 422)
        }
    }

    @Test(.clause("P-10.1"))
    func `is gone from sight and not erased while an authority holds what one of its parties has left`()
        async throws
    {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(try await site.browser(as: "moa"))
            let id = try await site.newest()
            let reference = try #require(HoldReference("K-1"))
            try await site.application.accounts.placeHold(
                on: site.member("moa"), reference, isSecret: false, by: .operator,
                command: CommandID(at: site.time.now))
            let astrid = try await site.browser(as: "astrid")
            let place = "/admin/arende/\(id)"
            _ = try await astrid.get(place)
            _ = try await astrid.post(place, ["atgard": "radera", "radera-for": "personal-data"])
            #expect(try site.application.messaging.record(id) == nil)
            let contents = { try site.application.log.events(in: StreamName(id)).map(\.content) }
            #expect(try !contents().contains(.erased))
            try await site.application.accounts.liftHold(
                on: site.member("moa"), by: .operator, command: CommandID(at: site.time.now))
            #expect(try contents().allSatisfy { $0 == .erased || $0 == .none })
        }
    }

    @Test func `is nothing that moderators do`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.application.accounts.grantRole(
                .moderator, to: site.member(Applicant.nils.fields["username"] ?? ""), by: .operator,
                command: CommandID(at: site.time.now))
            try await site.catchUp()
            let id = try await site.application.messaging.open(
                OpenCase(
                    .report(.abuse, .member(site.member("astrid"))), by: site.member("moa"),
                    #require(CaseStatement(text: "Hon hotar"))), by: .member(site.member("moa")),
                command: CommandID(at: site.time.now))
            try await site.catchUp()
            let nils = try await site.browser(as: Applicant.nils.fields["username"])
            let place = "/admin/arende/\(id)"
            let page = try await nils.get(place)
            #expect(page.contains("Hon hotar") && !page.contains("Radera ärendet för gott"))
            #expect(try await nils.post(place, ["atgard": "radera", "radera-for": "unlawful"]).status == 403)
        }
    }
}
