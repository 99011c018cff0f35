import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-06.2")) struct `A reported message` {
    @Test func `is read by an administrator with a reason, and everybody in the conversation sees that it was`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            let admin = they.site.browser
            try await they.site.accounts.join(
                Applicant(email: "astrid@example.se", username: "astrid", number: "195906113187"),
                with: they.site.client)
            try await they.application.accounts.grantRole(
                .administrator, to: they.site.id("astrid"), by: .operator, command: they.site.command())
            #expect(try await admin.signIn("astrid").location == "/")
            let conversation = try await they.begin(they.moa, to: "eva", "Du är en kruka")
            try await they.send(they.moa, in: conversation, "Hemligt i övrigt")
            let message = try #require(try await they.messages(they.eva, in: conversation).first)
            let report = "/meddelande/\(message)/anmal"
            #expect(try await they.eva.get(report).contains("Du är en kruka"))
            #expect(try await they.eva.post(report, ["skal": ""]).status == 422)
            let sent = try await they.press(
                they.eva, report, at: report, ["skal": "abuse", "beskrivning": "Hon hotar"])
            #expect(sent.status == 303)
            #expect(try await they.eva.get(conversation).contains("Du har anmält det här"))
            #expect(try await !they.moa.get(conversation).contains("anmält"))

            let list = try await admin.get("/admin/anmalda-meddelanden")
            #expect(list.contains("Meddelande från moa") && list.contains("Oläst") && !list.contains("kruka"))
            let place = "/admin/anmalt-meddelande/\(message)"
            let closed = try await admin.get(place)
            #expect(closed.contains("Hot, trakasserier") && closed.contains("Hon hotar") && !closed.contains("kruka"))
            #expect(try await admin.post(place, [:]).status == 422)
            let head = they.site.accounts.head
            let opened = try await they.press(admin, place, at: place, ["skal": "report"])
            #expect(opened.contains("Du är en kruka") && !opened.contains("Hemligt i övrigt"))
            #expect(opened["Cache-Control"] == "no-store")
            #expect(try they.site.events(after: head) == ["messages.opened-by-staff"])

            await they.site.waitForViews()
            for browser in [they.moa, they.eva] {
                let page = try await browser.get(conversation)
                #expect(page.contains("En administratör läste ett meddelande här"))
                #expect(!page.contains("astrid"))
                #expect(page.count("notices") == 1)
                #expect(try await browser.get("/aviseringar").contains("En administratör har läst ett meddelande"))
            }
        }
    }

    @Test func `is shown to moderators as reported, and never opened for them or for participants`() async throws {
        try await Correspondents.meet { they async throws in
            let accounts = they.application.accounts
            try await accounts.grantRole(.moderator, to: they.nilsID, by: .operator, command: they.site.command())
            try await accounts.grantRole(
                .administrator, to: they.evaID, by: .operator, command: CommandID(named: "eva", at: they.site.time.now))
            await they.site.waitForViews()
            let conversation = try await they.begin(they.moa, to: "eva", "Skräp")
            let message = try #require(try await they.messages(they.eva, in: conversation).first)
            let report = "/meddelande/\(message)/anmal"
            try await they.press(they.eva, report, at: report, ["skal": "spam"])
            let place = "/admin/anmalt-meddelande/\(message)"
            #expect(try await they.nils.get(place).contains("Bara en administratör kan läsa meddelandet."))
            #expect(try await they.nils.post(place, ["skal": "report"]).status == 403)
            let own = try await they.eva.get(place)
            #expect(own.status == 403 && own.contains("Det här gäller dig själv"))
            #expect(try await they.eva.get("/admin/anmalda-meddelanden").contains("Inget är anmält"))
            #expect(try await they.eva.post(place, ["skal": "report"]).status == 403)
            #expect(try await they.moa.get(place).status == 403)
            #expect(try await they.nils.get("/admin").contains("Anmälda meddelanden"))
        }
    }

    @Test(.clause("P-12.5")) func `is erased alone by a moderator with a reason, unread, and its words are nowhere`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            try await they.application.accounts.grantRole(
                .moderator, to: they.nilsID, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            let conversation = try await they.begin(they.moa, to: "eva", "Eva bor på Kanalgatan 9")
            try await they.send(they.moa, in: conversation, "Det här står kvar")
            let message = try #require(try await they.messages(they.eva, in: conversation).first)
            let report = "/meddelande/\(message)/anmal"
            try await they.press(they.eva, report, at: report, ["skal": "personal-data"])
            let place = "/admin/anmalt-meddelande/\(message)"
            #expect(try await they.press(they.nils, place, at: place, ["atgard": "radera"]).status == 422)
            #expect(try await they.moa.post(place, ["atgard": "radera", "radera-for": "unlawful"]).status == 403)
            let head = they.site.accounts.head
            let erased = try await they.press(
                they.nils, place, at: place, ["atgard": "radera", "radera-for": "personal-data"])
            #expect(erased.status == 303)
            #expect(try they.site.events(after: head).prefix(2) == ["messages.message-erased", "erasure.fenced"])
            await they.site.waitForViews()
            let page = try await they.nils.get(place)
            #expect(page.contains("raderat för gott") && !page.contains("Kanalgatan"))
            for browser in [they.moa, they.eva] {
                let page = try await browser.get(conversation)
                #expect(page.contains("Meddelandet är raderat") && page.contains("Det här står kvar"))
                #expect(!page.contains("Kanalgatan"))
            }
        }
    }

    @Test func `is not one's own, and reported twice it is reported once`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            let message = try #require(try await they.messages(they.eva, in: conversation).first)
            let report = "/meddelande/\(message)/anmal"
            #expect(try await they.moa.get(report).status == 404)
            try await they.press(they.eva, report, at: report, ["skal": "other"])
            let head = they.site.accounts.head
            try await they.press(they.eva, report, at: report, ["skal": "spam"])
            #expect(they.site.accounts.head == head)
        }
    }
}
