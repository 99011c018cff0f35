import Accounts
import Events
import HummingbirdTesting
import Messaging
import Testing
import Testkit

@testable import Server

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
            try await they.community.accounts.restore(eva, by: .operator, command: they.site.command())
            await they.site.settle()
            #expect(try await they.moa.get(conversation).contains("eva"))
        }
    }

    @Test(.clause("P-16.3"), arguments: [TextsChoice.anonymise, .erase])
    func `what she wrote stays or is erased as she chose`(choice: TextsChoice) async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Kan du leverera?")
            try await they.send(they.eva, in: conversation, "På torsdag")
            let eva = try they.evaID
            try await they.site.leave(they.eva, ["inlagg": choice.rawValue])
            #expect(try await they.community.accounts.purge(eva, ordered: .requested, by: .operator))
            await they.site.settle()
            let page = try await they.moa.get(conversation)
            #expect(page.contains("Kan du leverera?") && page.contains("Tidigare medlem"))
            #expect(page.contains("På torsdag") == (choice == .anonymise))
            #expect(page.contains("Meddelandet är raderat") == (choice == .erase))
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
            #expect(try await they.community.accounts.purge(they.moaID, ordered: .requested, by: .operator))
            await they.site.settle()
            let left = try await they.eva.get(conversation)
            #expect(left.contains("Meddelandet är raderat") && left.contains("Inget särskilt"))
            #expect(!left.contains("070"))
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
