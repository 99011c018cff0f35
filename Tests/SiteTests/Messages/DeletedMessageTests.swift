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

@Suite(.clause("P-06.3")) struct `A message that its author deletes` {
    @Test func `is hidden from everybody, counts as read, and comes back when she undoes it`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Du är en kruka")
            let message = try #require(try await they.messages(they.moa, in: conversation).first)
            #expect(try await they.eva.get("/").count("messages") == 1)
            let erase = "/meddelande/\(message)/radera"
            #expect(try await they.press(they.moa, erase, at: conversation).status == 303)
            #expect(try await they.eva.get("/").isCountHidden("messages"))
            for browser in [they.moa, they.eva] {
                let page = try await browser.get(conversation)
                #expect(page.contains("Meddelandet är borttaget") && !page.contains("kruka"))
                #expect(try await !browser.get("/meddelanden?q=kruka").contains("<mark>"))
            }
            let undo = "/meddelande/\(message)/angra"
            #expect(try await !they.eva.get(conversation).contains(undo))
            #expect(try await they.eva.post(undo, ["command": "\(they.site.command())"]).status == 403)
            _ = try await they.nils.get("/meddelanden/nytt")
            #expect(try await they.nils.post(undo, ["command": "\(they.site.command())"]).status == 404)
            #expect(try await they.press(they.moa, undo, at: conversation).status == 303)
            #expect(try await they.eva.get(conversation).contains("Du är en kruka"))
        }
    }

    @Test func `is reported unseen, judged by an administrator, and erased when that is done`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Du är en kruka")
            let message = try #require(try await they.messages(they.moa, in: conversation).first)
            try await they.press(they.moa, "/meddelande/\(message)/radera", at: conversation)
            let report = "/meddelande/\(message)/anmal"
            let form = try await they.eva.get(report)
            #expect(form.contains("Meddelandet är borttaget. Texten sparas") && !form.contains("kruka"))
            #expect(try await they.press(they.eva, report, at: report, ["skal": "abuse"]).status == 303)
            let accounts = they.application.accounts
            try await accounts.grantRole(
                .administrator, to: they.nilsID, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            let place = "/admin/anmalt-meddelande/\(message)"
            #expect(try await they.press(they.nils, place, at: place, ["skal": "report"]).contains("Du är en kruka"))
            they.site.time.advance(by: Period(days: 8))
            #expect(try await they.site.run().done[.deletedMessage] == nil)
            let erased = try await they.press(
                they.nils, place, at: place, ["atgard": "radera", "radera-for": "unlawful"])
            #expect(erased.status == 303)
            #expect(try await they.eva.get(conversation).contains("Meddelandet är raderat"))
            #expect(try await they.site.run().done[.deletedMessage] == nil)
        }
    }

    @Test func `is erased by the hourly job when the period is over, and undone no more`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Du är en kruka")
            let message = try #require(try await they.messages(they.moa, in: conversation).first)
            try await they.press(they.moa, "/meddelande/\(message)/radera", at: conversation)
            they.site.time.advance(by: Period(days: 7))
            let undo = "/meddelande/\(message)/angra"
            #expect(try await !they.moa.get(conversation).contains(undo))
            #expect(try await they.moa.post(undo, ["command": "\(they.site.command())"]).status == 409)
            let head = they.site.accounts.head
            #expect(try await they.site.run().done[.deletedMessage] == 1)
            #expect(
                try they.site.events(after: head) == ["messages.message-deletion-completed", "erasure.fenced"])
            #expect(try await they.eva.get(conversation).contains("Meddelandet är raderat"))
            #expect(try await they.site.run().done[.deletedMessage] == nil)
        }
    }
}
