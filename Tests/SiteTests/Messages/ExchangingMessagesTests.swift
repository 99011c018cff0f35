import Accounts
import Events
import HTTPTypes
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

@Suite(.clause("P-06.2")) struct `Private messages` {
    @Test func `go from one member to another and back, and each sees what is new`() async throws {
        try await Correspondents.meet { they async throws in
            #expect(try await they.nils.get("/forum").isCountHidden("messages"))
            #expect(try await they.nils.get("/meddelanden").contains("Inga meddelanden än"))
            let conversation = try await they.begin(they.moa, to: "snickar-nisse", "Har du <b>bord</b> kvar?")
            let nils = try await they.nils.get("/forum")
            #expect(nils.count("messages") == 1 && nils.count("all") == 1)
            let list = try await they.nils.get("/meddelanden")
            #expect(list.contains("href=\"\(conversation)\">moa</a>") && list.contains("1\u{A0}nytt"))
            #expect(!list.contains("bord"))

            // The page that shows it no longer counts it as unread.
            let read = try await they.nils.get(conversation)
            #expect(read.contains("Har du &lt;b&gt;bord&lt;/b&gt; kvar?") && read.isCountHidden("messages"))
            let answer = try await they.send(they.nils, in: conversation, "Ja, två!")
            #expect(answer.status == 303)
            #expect(try await they.moa.get("/").count("messages") == 1)
            let moa = try await they.moa.get(conversation)
            #expect(moa.contains("Ja, två!") && moa.contains("Du</span>"))
            #expect(try await they.moa.get("/").isCountHidden("messages"))
            #expect(try await they.nils.get("/meddelanden").contains("Du skrev senast"))
        }
    }

    @Test(.clause("P-06.4")) func `leave no event when they are read, nor do notifications`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            _ = try await they.site.write("Hej @eva", by: try they.nilsID)
            let position = they.site.accounts.head
            #expect(try await they.eva.get("/").count("all") == 2)
            _ = try await they.eva.get(conversation)
            #expect(try await they.eva.get("/aviseringar/\(position)").status == 303)
            #expect(try await they.eva.get("/").isCountHidden("all"))
            #expect(they.site.accounts.head == position)
        }
    }

    @Test func `of a blocked author are not counted among several, not even when the block is over`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva snickar-nisse", "Hej")
            let (eva, moa) = (try they.evaID, try they.moaID)
            _ = try await they.eva.get(conversation)
            for isBlocked in [true, false] {
                _ = try await they.application.messaging.block(
                    moa, isBlocked, by: eva, command: they.site.command())
                await they.site.waitForViews()
                if isBlocked { try await they.send(they.moa, in: conversation, "Hör du?") }
                #expect(try await they.eva.get("/").isCountHidden("messages"), "\(isBlocked)")
            }
            try await they.send(they.nils, in: conversation, "Jag hör")
            #expect(try await they.eva.get("/").count("messages") == 1)
        }
    }

    @Test func `are read by those who are in the conversation and by nobody else`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "snickar-nisse", "Bara mellan oss")
            let message = try #require(try await they.messages(they.nils, in: conversation).first)
            _ = try await they.eva.get("/meddelanden/nytt")
            for page in [conversation, "\(conversation)/lamna", "/meddelande/\(message)/anmal"] {
                #expect(try await they.eva.get(page).status == 404, "\(page)")
                #expect(try await they.site.browser.get(page).status == 303, "\(page)")
                #expect(try await they.eva.post(page, ["text": "Hej", "skal": "spam"]).status == 404, "\(page)")
            }
            #expect(try await they.eva.post("\(conversation)/tysta", ["tyst": "ja"]).status == 404)
            #expect(try await !they.eva.get("/meddelanden?q=mellan").contains("Bara"))
            #expect(try await they.eva.get("/meddelanden").contains("Inga meddelanden än"))
            // An administrator is another person, too.
            try await they.application.accounts.grantRole(
                .administrator, to: they.evaID, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            #expect(try await they.eva.get(conversation).status == 404)
            #expect(try await they.eva.get("/admin/anmalt-meddelande/\(message)").status == 404)
        }
    }

    @Test func `can be written to several at once, by name`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "@snickar-nisse, EVA", "Ska vi åka ihop?")
            #expect(try await they.eva.get(conversation).contains("Samtal med moa och snickar-nisse"))
            try await they.send(they.eva, in: conversation, "Gärna")
            #expect(try await they.nils.get("/").count("messages") == 2)
            #expect(try await they.nils.get("/meddelanden").contains("eva skrev senast"))
        }
    }

    @Test func `that are sent twice arrive once`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "snickar-nisse", "Hej")
            let page = try await they.moa.get(conversation)
            let fields = ["text": "Dubbelt", "command": page.command(of: conversation)]
            let first = try await they.moa.post(conversation, fields)
            let second = try await they.moa.post(conversation, fields)
            #expect(first.location == second.location && second.status == 303)
            #expect(try await they.messages(they.moa, in: conversation).count == 2)
        }
    }

    @Test func `that cannot be sent say why and keep what was typed`() async throws {
        try await Correspondents.meet { they async throws in
            _ = try await they.moa.get("/meddelanden/nytt")
            let cases = [
                ("", "Hej", "Skriv vem meddelandet är till."), ("ingen-alls", "Hej", "heter ingen-alls"),
                ("moa", "Hej", "Du kan inte skriva till dig själv."), ("eva", " \n ", "Skriv ett meddelande."),
                ("eva", String(repeating: "å", count: 10_001), "Meddelandet är för långt."),
            ]
            for (to, text, words) in cases {
                let head = they.site.accounts.head
                let answer = try await they.moa.post("/meddelanden/nytt", ["till": to, "text": text])
                #expect(answer.status == 422 && answer.contains(words), "\(to)")
                #expect(answer.contains("value=\"\(to)\""))
                #expect(they.site.accounts.head == head)
            }
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            #expect(try await they.send(they.moa, in: conversation, "").status == 422)
            #expect(try await they.moa.get("\(conversation)?sida=2").status == 404)
            #expect(try await they.moa.get("\(conversation)?sida=x").status == 404)
            #expect(try await they.moa.get("/meddelanden/nytt?till=snigel").status == 404)
            #expect(try await they.moa.get("/meddelanden/0000000000000").status == 404)
        }
    }

    @Test func `begin on a member's page, where an older conversation is continued`() async throws {
        try await Correspondents.meet { they async throws in
            let (eva, moa) = (try they.evaID, try they.moaID)
            #expect(try await they.moa.get("/medlem/\(eva)").contains("Skriv meddelande"))
            #expect(try await !they.moa.get("/medlem/\(moa)").contains("Skriv meddelande"))
            #expect(try await they.moa.get("/meddelanden/nytt?till=\(eva)").contains("value=\"eva\""))
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            #expect(try await they.moa.get("/meddelanden/nytt?till=\(eva)").location == conversation)
            #expect(try await they.eva.get("/meddelanden/nytt?till=\(moa)").location == conversation)
        }
    }

    @Test func `show addresses as links that tell nobody where they were clicked`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(
                they.moa, to: "eva",
                "Se https://example.se/a?b=1&c=2.\nOch (HTTP://example.org/x_(y)) javascript:alert(1)")
            let page = try await they.eva.get(conversation)
            #expect(
                page.contains(
                    "<a href=\"https://example.se/a?b=1&amp;c=2\" rel=\"ugc nofollow noopener noreferrer\">https://example.se/a?b=1&amp;c=2</a>.<br>"
                ))
            #expect(page.contains("href=\"HTTP://example.org/x_(y)\""))
            #expect(!page.contains("href=\"javascript"))
        }
    }

    @Test func `stand fifty on a page, the newest on the one that opens`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Nummer 1")
            let id = try #require(ConversationID(String(conversation.split(separator: "/")[1])))
            for number in 2...60 {
                _ = try await they.application.messaging.send(
                    try .init("Nummer \(number)."), in: id, by: they.moaID, reachable: { Set($0) },
                    command: CommandID(named: "\(number)", at: they.site.time.now))
            }
            await they.site.waitForViews()
            #expect(try await they.eva.get("/").count("messages") == 60)
            let newest = try await they.eva.get(conversation)
            #expect(newest.contains("Nummer 60.") && newest.contains("Nummer 51.") && !newest.contains("Nummer 50."))
            let oldest = try await they.eva.get("\(conversation)?sida=1")
            #expect(oldest.contains("Nummer 50.") && !oldest.contains("Nummer 51."))
            let found = try await they.eva.get("/meddelanden?q=nummer+7.")
            #expect(found.contains("\(conversation)?sida=1#meddelande-"))
        }
    }

    @Test func `are found by words in one's own conversations, whatever their case`() async throws {
        try await Correspondents.meet { they async throws in
            let first = try await they.begin(they.moa, to: "snickar-nisse", "Ärtsoppa på torsdag & pannkakor")
            let second = try await they.begin(they.nils, to: "eva", "Ärtsoppa hos mig")
            let found = try await they.moa.get("/meddelanden?q=%C3%A4rtsoppa+PANNKAKOR")
            #expect(found.contains(first) && !found.contains(second))
            #expect(found.contains("<mark>Ärtsoppa</mark> på torsdag &amp; pannkakor"))
            #expect(try await they.moa.get("/meddelanden?q=surstr%C3%B6mming").contains("Inga meddelanden hittades"))
            let both = try await they.nils.get("/meddelanden?q=soppa")
            #expect(both.contains(first) && both.contains(second))
            #expect(try await they.moa.get("/meddelanden?q=a").contains("minst två tecken"))
        }
    }

    @Test func `are answered slowly enough that nobody floods the others`() async throws {
        try await Correspondents.meet(limits: [.write: RateLimit(6, per: .hour)]) { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            var statuses: [Int] = []
            for _ in 1...8 { statuses.append(try await they.send(they.moa, in: conversation, "Hej igen").status) }
            #expect(statuses.contains(429))
        }
    }
}
