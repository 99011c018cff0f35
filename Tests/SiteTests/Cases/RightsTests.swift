import Accounts
import Events
import Foundation
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

@Suite(.clause("P-17.1")) struct `Asking for one's rights` {
    @Test(arguments: RightKind.allCases) func `is a case of each kind, due in a month`(right: RightKind) async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            #expect(try await moa.get("/mina-rattigheter").contains(right.swedish))
            let sent = try await moa.post(
                "/mina-rattigheter", ["rattighet": right.rawValue, "meddelande": "Jag vill det här"])
            let id = try await site.newest()
            #expect(sent.location == "/arenden/\(id)?klart=skickat")
            let file = try site.file(id)
            #expect(file.topic == .rights(right))
            #expect(
                try file.due(site.application.caseRules(for: file)) == file.openedAt.adding(try #require(Period("P1M")))
            )
            #expect(try await moa.get("/arenden/\(id)").contains("Svar senast"))
        }
    }

    @Test func `by a member without an answer to every question is shown again`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await moa.get("/mina-rattigheter")
            let answer = try await moa.post("/mina-rattigheter", ["meddelande": "Jag vill det här"])
            #expect(answer.status == 422 && answer.contains("Jag vill det här"))
            #expect(try await site.browser().get("/mina-rattigheter").contains("Logga in"))
        }
    }

    @Test(.clause("P-17.2"))
    func `after leaving is answered by a link to the registered address, once the four points agree`()
        async throws
    {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await moa.get("/avsluta-konto")
            _ = try await moa.post("/avsluta-konto", ["inlagg": "anonymise", "password": AccountSite.password])
            _ = try await site.mails()
            let visitor = try await site.browser()
            _ = try await site.ask(
                visitor, ["galler": "rattigheter", "rattighet": "access", "email": "moa@example.se"])
            let id = try await site.newest()
            let receipt = try #require(try await site.mails().first)
            let path = try #require(receipt.link("/arende/\(id)/"))

            let astrid = try await site.browser(as: "astrid")
            let staff = "/admin/arende/\(id)"
            let check = ["atgard": "kontrollera", "username": "moa", "name": "Moa Hallin", "skal": "Uppgav i telefon"]
            _ = try await astrid.get(staff)
            let early = try await astrid.post(
                staff, ["atgard": "besluta", "beslut": "upheld", "skal": "Här är utdraget"])
            #expect(early.status == 422 && early.contains("Kontrollera först"))
            _ = try await astrid.get(staff)
            let wrong = try await astrid.post(staff, check.merging(["personnummer": "198002222399"]) { $1 })
            #expect(wrong.status == 303)
            var page = try await astrid.get(staff)
            #expect(page.contains("Stämmer: namn, användarnamn") && !page.contains("2399") && !page.contains("2391"))
            #expect(try site.file(id).opener == nil)
            _ = try await astrid.get(staff)
            _ = try await astrid.post(staff, check.merging(["personnummer": "19880917-2391"]) { $1 })
            page = try await astrid.get(staff)
            #expect(page.contains("Alla fyra punkterna stämmer") && !page.contains("2391"))
            // A comparison counts as opening the data: the member sees who made it and why.
            let id2 = try #require(try site.file(id).opener)
            #expect(try site.application.accounts.dataViews(of: id2).count == 2)

            let decided = try await astrid.post(
                staff, ["atgard": "besluta", "beslut": "upheld", "skal": "Här är utdraget"])
            #expect(decided.status == 303)
            let mail = try #require(try await site.mails().first)
            #expect(mail.to == "<moa@example.se>" && !mail.body.contains("Här är utdraget"))
            let answer = try await visitor.get(path)
            #expect(answer.contains("Här är utdraget") && answer.contains("Ladda ner utdraget"))
            let report = path.replacing("/arende/\(id)/", with: "/arende/\(id)/utdrag/")
            let archive = try await visitor.get(report)
            #expect(archive.status == 200 && archive["Content-Type"] == "application/zip")
            #expect(try await visitor.get("/arende/\(id)/utdrag/\(String(repeating: "A", count: 43))").status == 404)
        }
    }

    @Test func `is put off with reasons before its month is over`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await moa.get("/mina-rattigheter")
            _ = try await moa.post("/mina-rattigheter", ["rattighet": "erasure", "meddelande": "Det andra skrev"])
            let id = try await site.newest()
            _ = try await site.mails()
            let astrid = try await site.browser(as: "astrid")
            _ = try await astrid.get("/admin/arende/\(id)")
            #expect(try await astrid.post("/admin/arende/\(id)", ["atgard": "forlang", "skal": ""]).status == 422)
            _ = try await astrid.get("/admin/arende/\(id)")
            _ = try await astrid.post("/admin/arende/\(id)", ["atgard": "forlang", "skal": "Många trådar"])
            let file = try site.file(id)
            let three = file.openedAt.adding(try #require(Period("P3M")))
            #expect(try file.due(site.application.caseRules(for: file)) == three)
            #expect(try await site.mails().first?.subject.contains("tar längre tid") == true)
            #expect(try await moa.get("/arenden/\(id)").contains("Många trådar"))
        }
    }
}

@Suite(.clause("P-16.5")) struct `The time of a case` {
    private func closed(_ site: CaseSite) async throws -> CaseID {
        _ = try await site.ask(site.browser(as: "moa"))
        let id = try await site.newest()
        _ = try await site.answer(id)
        _ = try await site.application.messaging.close(
            id, by: site.member("astrid"), command: CommandID(at: site.time.now))
        try await site.catchUp()
        return id
    }

    @Test func `is counted from its closing, and taking it up again begins it anew`() async throws {
        try await CaseSite.visited { site async throws in
            let id = try await closed(site)
            site.time.advance(by: Period(days: 300))
            let statement = try #require(CaseStatement(text: "En sak till"))
            try await site.application.messaging.write(
                statement, in: id, as: .opener, site.application.caseRules(), by: .member(site.member("moa")),
                command: CommandID(at: site.time.now))
            site.time.advance(by: Period(days: 100))
            _ = try await site.application.retention.run()
            #expect(try site.application.messaging.record(id) != nil)
            _ = try await site.answer(id)
            _ = try await site.application.messaging.close(
                id, by: site.member("astrid"), command: CommandID(at: site.time.now))
            try await site.catchUp()
            site.time.advance(by: Period(days: 366))
            #expect(try await site.application.retention.run().done[.supportCase] == 1)
            #expect(try site.application.messaging.record(id) == nil)
            for event in try site.application.log.events(in: StreamName(id)) where event.subject != nil {
                #expect(event.content == .erased, "\(event.type)")
            }
            try await site.catchUp()
            #expect(try await site.browser(as: "astrid").get("/admin/arende/\(id)").status == 404)
        }
    }

    @Test(.clause("P-16.3"))
    func `is its own: what a member said in an open case outlives the account, and no more does`()
        async throws
    {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(site.browser(as: "moa"))
            let id = try await site.newest()
            let moa = try site.member("moa")
            try await site.application.accounts.closeOnRequest(
                of: moa, erasing: [], by: .operator, command: CommandID(at: site.time.now))
            try await site.time.advance(by: Period(days: 400), reminding: [moa], by: site.application.accounts)
            try await site.catchUp()
            #expect(try await site.application.retention.run().done[.closedAccount] == 1)
            try await site.catchUp()
            let record = try #require(try site.application.messaging.record(id))
            #expect(record.opening?.text == "Hur gör jag?")
            let page = try await site.browser(as: "astrid").get("/admin/arende/\(id)")
            #expect(page.contains("Tidigare medlem") && !page.contains("\(moa)") && page.contains("Hur gör jag?"))
            _ = try await site.answer(id)
            _ = try await site.application.messaging.close(
                id, by: site.member("astrid"), command: CommandID(at: site.time.now))
            site.time.advance(by: Period(days: 366))
            try await site.catchUp()
            #expect(try await site.application.retention.run().done[.supportCase] == 1)
            #expect(try site.application.messaging.record(id) == nil)
        }
    }

    @Test(.clause("P-18.2"))
    func `is over as well when the one who asked does not answer, and a mail says so`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await site.ask(moa)
            let id = try await site.newest()
            #expect(try await site.answer(id, ["fraga-tillbaka": "ja"]).status == 303)
            let asked = site.time.now
            try await site.catchUp()
            site.time.set(asked.adding(try #require(Period("P1Y"))).advanced(seconds: -1))
            #expect(try await site.application.retention.run().done[.waitingCase] == nil)
            site.time.advance(seconds: 1)
            #expect(try site.application.retention.due().map(\.rule) == [.waitingCase])
            try site.account.mail.empty()
            #expect(try await site.application.retention.run().done == [.waitingCase: 1])
            try await site.catchUp()
            #expect(try await site.application.retention.run().done == [:])
            let mail = try #require(try await site.mails().last)
            #expect(mail.subject.contains("Ditt ärende är avslutat"))
            #expect(mail.body.contains("ställde vi en fråga till dig") && mail.body.contains("/arenden/\(id)"))
            // Writing in it opens it again.
            let again = try await site.browser(as: "moa")
            _ = try await again.get("/arenden/\(id)")
            let answered = try await again.post("/arenden/\(id)", ["atgard": "skriv", "meddelande": "Jo, så här"])
            #expect(answered.status == 303)
            try await site.catchUp()
            #expect(try site.application.messaging.record(id)?.file.question != nil)
        }
    }

    @Test(.clause("P-10.1")) func `waits for a legal hold on a party`() async throws {
        try await CaseSite.visited { site async throws in
            let id = try await closed(site)
            let hold = try #require(HoldReference("Polisen 1"))
            try await site.application.accounts.placeHold(
                on: site.member("moa"), hold, isSecret: false, by: .operator, command: CommandID(at: site.time.now))
            site.time.advance(by: Period(days: 400))
            try await site.catchUp()
            #expect(try await site.application.retention.run().done[.supportCase] == nil)
            #expect(try site.application.messaging.record(id) != nil)
        }
    }
}
