import Accounts
import Events
import HummingbirdTesting
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

@Suite(.clause("P-16.1"), .clause("P-16.2")) struct `After a participant has left the site` {
    @Test func `what she wrote stays without a name, and is hers again when she comes back`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Kan du leverera?")
            try await they.send(they.eva, in: conversation, "På torsdag")
            try await they.site.leave(they.eva)
            let page = try await they.moa.get(conversation)
            #expect(page.contains("På torsdag") && page.contains("Tidigare medlem"))
            let eva = try they.evaID
            #expect(!page.contains("eva") && !page.contains("\(eva)"))
            #expect(try await they.moa.get("/meddelanden").contains("Tidigare medlem"))
            let found = try await they.moa.get("/meddelanden?q=torsdag")
            #expect(found.contains("torsdag") && !found.contains("\(eva)"))
            let link = try #require(try await they.site.mail(to: "eva@example.se").link("/aterskapa/"))
            _ = try await they.site.browser.get(link)
            try await they.application.accounts.restore(eva, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            #expect(try await they.moa.get(conversation).contains("eva"))
        }
    }

    @Test(.clause("P-16.3"), arguments: [TextsChoice.anonymise, .erase])
    func `what she wrote stays or is erased as she chose`(choice: TextsChoice) async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Kan du leverera?")
            try await they.send(they.eva, in: conversation, "På torsdag")
            let eva = try they.evaID
            // The choice for posts is another one, and says nothing about messages.
            let other: TextsChoice = choice == .erase ? .anonymise : .erase
            try await they.site.leave(they.eva, ["inlagg": other.rawValue, "meddelanden": choice.rawValue])
            #expect(try await they.application.accounts.purge(eva, ordered: .requested, by: .operator))
            await they.site.waitForViews()
            let page = try await they.moa.get(conversation)
            #expect(page.contains("Kan du leverera?") && page.contains("Tidigare medlem"))
            #expect(page.contains("På torsdag") == (choice == .anonymise))
            #expect(page.contains("Meddelandet är raderat") == (choice == .erase))
        }
    }

    @Test(.clause("P-16.3")) func `what stayed of a conversation goes with the last one who was in it`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva snickar-nisse", "Kan du leverera?")
            try await they.send(they.eva, in: conversation, "På torsdag")
            try await they.press(they.nils, "\(conversation)/lamna", at: "\(conversation)/lamna")
            let id = try #require(ConversationID(String(conversation.split(separator: "/")[1])))
            func texts() throws -> [String?] { try they.application.messaging.messages(in: id).map(\.text.value?.text) }
            for browser in [they.moa, they.eva, they.nils] { try await they.site.leave(browser) }
            let writers = [try they.moaID, try they.evaID]
            for member in writers {
                #expect(try await they.application.accounts.purge(member, ordered: .requested, by: .operator))
                await they.site.waitForViews()
                // A participant who has left still has a right to know what she took part in.
                #expect(try await they.application.retention.run().done[.abandonedConversation] == nil)
                #expect(try texts() == ["Kan du leverera?", "På torsdag"])
            }
            #expect(try await they.application.accounts.purge(they.nilsID, ordered: .requested, by: .operator))
            await they.site.waitForViews()
            #expect(try await they.application.retention.run().done[.abandonedConversation] == 1)
            #expect(try texts() == [nil, nil])
            await they.site.waitForViews()
            let conversations = they.application.views.conversations
            #expect(try writers.flatMap { try conversations.messages(by: $0, limit: 10) }.isEmpty)
            #expect(try await they.application.retention.run().done[.abandonedConversation] == nil)
        }
    }

    @Test(.clause("P-06.2")) func `what was reported waits for the decision about it`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Annars kommer jag hem till dig")
            let id = try #require(ConversationID(String(conversation.split(separator: "/")[1])))
            let messaging = they.application.messaging
            let message = try #require(try messaging.messages(in: id).first).id
            let reported = try await messaging.report(
                message, in: id, for: .abuse, note: "Ett hot", by: they.evaID, command: they.site.command()
            ).last
            await they.site.waitForViews()
            let topic = CaseTopic.report(.abuse, .message(message, in: id))
            _ = try await messaging.open(
                OpenCase(topic, by: they.evaID, #require(CaseStatement(text: "Anmält"))), by: .system,
                command: CommandID(named: "case of the report at \(reported)", at: Instant(milliseconds: 0)))
            let file = try #require(try they.application.log.caseOfReport(at: reported))
            for browser in [they.moa, they.eva] { try await they.site.leave(browser) }
            let writers = [try they.moaID, try they.evaID]
            for member in writers {
                #expect(try await they.application.accounts.purge(member, ordered: .requested, by: .operator))
            }
            await they.site.waitForViews()
            #expect(try await they.application.retention.run().done[.abandonedConversation] == nil)
            #expect(try messaging.messages(in: id).first?.text.value != nil)
            let reasons = try #require(CaseReasons(rule: "T-04.1", "Ingen skrev något otillåtet."))
            try await messaging.decide(
                file, .rejected, reasons, by: MemberID(rawValue: 77), command: they.site.command())
            #expect(try await they.application.retention.run().done[.abandonedConversation] == 1)
            #expect(try messaging.messages(in: id).first?.text.value == nil)
        }
    }

    @Test func `messages that tell who wrote them are proposed for erasure with the account`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Ring mig på 070-123 45 67")
            try await they.send(they.moa, in: conversation, "Inget särskilt")
            let messages = try await they.messages(they.moa, in: conversation)
            let page = try await they.moa.get("/avsluta-konto")
            #expect(page.contains("value=\"message:\(messages[0])\" checked") && page.contains(">Meddelande</a>"))
            #expect(!page.contains("message:\(messages[1])"))
            try await they.site.leave(they.moa, ["radera": "message:\(messages[0])"])
            #expect(try await they.application.accounts.purge(they.moaID, ordered: .requested, by: .operator))
            await they.site.waitForViews()
            let left = try await they.eva.get(conversation)
            #expect(left.contains("Meddelandet är raderat") && left.contains("Inget särskilt"))
            #expect(!left.contains("070-123"))
        }
    }

    @Test(.clause("P-17.1")) func `the access report has what was sent and received, and nothing from after she left`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva snickar-nisse", "Från Moa")
            try await they.send(they.eva, in: conversation, "Från Eva")
            try await they.press(they.eva, "\(conversation)/lamna", at: "\(conversation)/lamna")
            try await they.send(they.moa, in: conversation, "Efter Eva")
            _ = try await they.eva.get("/installningar/utdrag")
            let report = try await they.eva.post("/installningar/utdrag", ["password": AccountSite.password])
            #expect(report.status == 200)
            #expect(report.contains("Från Moa") && report.contains("Från Eva") && !report.contains("Efter Eva"))
            #expect(report.contains("\"conversations\"") && report.contains("\"sender\": \"moa\""))
        }
    }
}
