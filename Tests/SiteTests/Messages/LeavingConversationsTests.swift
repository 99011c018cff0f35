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

@Suite(.clause("P-06.2")) struct `Whoever wants no messages` {
    @Test func `leaves a conversation and neither sees it nor gets anything from it`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "snickar-nisse eva", "Vi tre")
            #expect(try await they.eva.get("\(conversation)/lamna").contains("Lämna samtalet"))
            let left = try await they.press(they.eva, "\(conversation)/lamna", at: "\(conversation)/lamna")
            #expect(left.location == "/meddelanden")
            #expect(try await they.eva.get(conversation).status == 404)
            try await they.send(they.moa, in: conversation, "Nu är vi två")
            #expect(try await they.eva.get("/").isCountHidden("messages"))
            #expect(try await they.eva.get("/meddelanden?q=tre").contains("Inga meddelanden hittades"))
            #expect(try await they.nils.get(conversation).contains("eva har lämnat samtalet."))
            // The last participant has no recipient to write to.
            try await they.press(they.nils, "\(conversation)/lamna", at: "\(conversation)/lamna")
            #expect(try await they.moa.get(conversation).contains("Det finns ingen kvar"))
            #expect(try await they.moa.post(conversation, ["text": "Hallå?"]).status == 422)
        }
    }

    @Test func `mutes a conversation, which is not counted then`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            try await they.press(they.eva, "\(conversation)/tysta", at: conversation, ["tyst": "ja"])
            try await they.send(they.moa, in: conversation, "Hör du?")
            let list = try await they.eva.get("/meddelanden")
            #expect(list.isCountHidden("messages") && list.contains("Tystat") && list.contains("1\u{A0}nytt"))
            try await they.press(they.eva, "\(conversation)/tysta", at: conversation, ["tyst": "nej"])
            try await they.send(they.moa, in: conversation, "Nu då?")
            #expect(try await they.eva.get("/").count("messages") == 1)
        }
    }

    @Test func `blocks a member, who is told plainly that no messages are taken`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            let (moa, eva) = (try they.moaID, try they.evaID)
            let blocked = try await they.press(
                they.eva, "/medlem/\(moa)/blockera", at: "/medlem/\(moa)",
                ["blockera": "ja", "till": "/medlem/\(moa)"])
            #expect(blocked.location == "/medlem/\(moa)")
            #expect(try await they.eva.get("/medlem/\(moa)").contains("Ta emot meddelanden från moa igen"))
            #expect(try await they.eva.get("/meddelanden/blockerade").contains("moa"))

            let refused = try await they.send(they.moa, in: conversation, "Varför?")
            #expect(refused.status == 422 && refused.contains("eva tar inte emot meddelanden från dig."))
            #expect(refused.contains("Varför?"))
            _ = try await they.moa.get("/meddelanden/nytt")
            let new = try await they.moa.post("/meddelanden/nytt", ["till": "eva", "text": "Hallå"])
            #expect(new.status == 422 && new.contains("eva tar inte emot meddelanden från dig."))
            let own = try await they.send(they.eva, in: conversation, "Hej då")
            #expect(own.status == 422 && own.contains("Du tar inte emot meddelanden från moa."))

            try await they.press(
                they.eva, "/medlem/\(moa)/blockera", at: "/meddelanden/blockerade", ["blockera": "nej"])
            #expect(try await they.send(they.moa, in: conversation, "Tack").status == 303)
            #expect(try await they.moa.post("/medlem/\(eva)/blockera", ["blockera": "kanske"]).status == 400)
            #expect(try await they.moa.post("/medlem/0000000000000/blockera", ["blockera": "ja"]).status == 404)
        }
    }

    @Test func `does not have to see what a blocked one writes among several, nor hear of it`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva snickar-nisse", "Vi tre")
            _ = try await they.eva.get(conversation)
            let moa = try they.moaID
            try await they.press(they.eva, "/medlem/\(moa)/blockera", at: "/medlem/\(moa)", ["blockera": "ja"])
            try await they.send(they.moa, in: conversation, "Till er alla")
            #expect(try await they.eva.get("/").isCountHidden("messages"))
            #expect(try await they.nils.get("/").count("messages") == 2)
            let page = try await they.eva.get(conversation)
            #expect(page.contains("Du tar inte emot meddelanden från den här medlemmen. Visa ändå"))
            _ = try await they.site.write("Hej @eva", by: moa)
            #expect(try await they.eva.get("/").isCountHidden("notices"))
        }
    }

    @Test func `gets none while the account is closed or suspended`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej")
            try await they.site.leave(they.eva)
            let page = try await they.moa.get(conversation)
            #expect(page.contains("Tidigare medlem") && !page.contains("eva"))
            #expect(page.contains("Det finns ingen kvar"))
            #expect(try await they.moa.post(conversation, ["text": "Hallå?"]).status == 422)
            _ = try await they.moa.get("/meddelanden/nytt")
            let new = try await they.moa.post("/meddelanden/nytt", ["till": "eva", "text": "Hallå"])
            #expect(new.status == 422 && new.contains("Det finns ingen medlem som heter eva."))

            let reasons = try #require(StatementOfReasons(rule: "Regel", facts: "Facts"))
            try await they.application.accounts.deactivate(
                they.nilsID, until: they.site.time.now.advanced(seconds: 86_400), reasons, by: .operator,
                command: they.site.command())
            await they.site.waitForViews()
            let suspended = try await they.moa.post("/meddelanden/nytt", ["till": "snickar-nisse", "text": "Hallå"])
            #expect(suspended.status == 422)
        }
    }
}
