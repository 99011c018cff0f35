import Accounts
import Events
import Foundation
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

@Suite(.clause("P-16.6")) struct `Accounts with another's number` {
    private let stranger = Applicant(email: "frammande@example.org", username: "frammande")

    /// Moa holds the number that a stranger has confirmed a sign-up with; Nils administers.
    private func visited(
        _ body: @Sendable (LeavingSite, _ moa: Browser, _ stranger: Browser, _ nils: Browser) async throws -> Void
    ) async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let nils = try await site.administrator()
            let stranger = try await site.join(stranger)
            await site.waitForViews()
            try await body(site, moa, stranger, nils)
        }
    }

    @Test func `write in their first ten minutes, as honest newcomers do`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.write("Hej", by: MemberID(rawValue: 98))
            let newcomer = try await site.join(.moa)
            site.time.advance(seconds: 60)
            let slug = try #require(
                try /\/forum\/([a-z0-9-]+)"/.firstMatch(in: try await newcomer.get("/forum").text)
            ).1
            _ = try await newcomer.get("/forum/\(slug)/ny")
            let answer = try await newcomer.post("/forum/\(slug)/ny", ["title": "Hej", "text": "Jag är ny här"])
            #expect(answer.status == 303)
            #expect(site.time.now < Instant.testStart.advanced(seconds: 600))
        }
    }

    @Test func `stand in a queue, those of banned and suspended holders first`() async throws {
        try await visited { site, _, _, nils async throws in
            _ = try await site.join(
                Applicant(email: "andra@example.org", username: "andra", number: "19750612-9241"))
            _ = try await site.join(
                Applicant(email: "tredje@example.org", username: "tredje", number: "19750612-9241"))
            try await site.application.accounts.closeForBreach(
                site.id("andra"), #require(StatementOfReasons(rule: "T-04", facts: "Annonser")), erasing: [],
                by: .operator, command: site.command())
            await site.waitForViews()
            let list = try await nils.get("/admin/registreringar")
            #expect(try await nils.get("/admin").contains("två konton att granska"))
            let (banned, first) = (try site.id("tredje"), try site.id("frammande"))
            let places = try [banned, first].map {
                try #require(list.text.range(of: "/admin/registrering/\($0)")).lowerBound
            }
            #expect(places[0] < places[1])
            #expect(list.contains("Hör till ett konto som vi har stängt"))
            #expect(!list.contains("frammande"))
        }
    }

    @Test func `are ended at once with a reason, by an administrator who is not the holder`() async throws {
        try await visited { site, moa, stranger, nils async throws in
            let id = try site.id("frammande")
            let path = "/admin/registrering/\(id)"
            _ = try await nils.get(path)
            #expect(try await nils.post(path, ["action": "open"]).contains("frammande@example.org"))
            _ = try await nils.get(path)
            #expect(try await nils.post(path, ["action": "end", "varfor": ""]).status == 422)
            #expect(!(try await stranger.get("/installningar")).contains("Kontots personnummer"))
            let answer = try await nils.post(path, ["action": "end", "varfor": "Bluff"])
            #expect(answer.location == "/admin/registreringar")
            #expect(try site.application.accounts.member(id).closing?.cause == .duplicate)
            let mail = try await site.mail(to: "frammande@example.org")
            #expect(mail.subject == "Vi har avslutat ditt konto")
            #expect(mail.link("/overklaga/") != nil && !mail.body.contains("Bluff"))
            await site.waitForViews()
            #expect(try await stranger.get("/installningar").status == 303)
            #expect(try await nils.get(path).status == 404)
            #expect(try await nils.get("/admin/medlem/\(id)").contains("personnumret hör till ett annat konto"))
        }
    }

    @Test func `are no matter of the holder's, even if she administers`() async throws {
        try await visited { site, moa, _, _ async throws in
            try await site.application.accounts.grantRole(
                .administrator, to: site.id("moa"), by: .operator, command: site.command())
            await site.waitForViews()
            let path = "/admin/registrering/\(try site.id("frammande"))"
            #expect(try await moa.get("/admin/registreringar").contains("Inga sådana konton"))
            #expect(try await moa.get(path).status == 403)
            #expect(!(try await moa.get("/admin/medlem/\(site.id("frammande"))")).contains("Hör till"))
        }
    }

    @Test func `end by themselves in the hourly job, with their texts left, and are erased after the appeal's time`()
        async throws
    {
        try await visited { site, _, stranger, _ async throws in
            let id = try site.id("frammande")
            let written = try await site.write("Min text", by: id)
            site.time.advance(by: Period(days: 7))
            #expect(try await site.run().done[.duplicateAccount] == 1)
            #expect(try site.application.accounts.find(Username("frammande")) == nil)
            let thread = try await site.browser.get("/trad/\(written.thread)")
            let shown = try await site.browser.get(thread.location ?? "")
            #expect(shown.contains("Min text") && shown.contains("Tidigare medlem"))
            let mail = try await site.mail(to: "frammande@example.org")
            #expect(mail.body.contains("Integritetspolicyn, P-16.6") && mail.link("/overklaga/") != nil)
            site.time.advance(by: try #require(Period("P6M")))
            #expect(try await site.run().done[.endedDuplicate] == 1)
            #expect(try site.application.accounts.member(id).account == nil)
        }
    }

    @Test func `give the number to the rightful owner when she is identified in a case`() async throws {
        try await visited { site, moa, stranger, nils async throws in
            let (first, owner) = (try site.id("moa"), try site.id("frammande"))
            _ = try await stranger.get("/kontakt?galler=personnummer")
            let sent = try await stranger.post(
                "/kontakt", ["galler": "personnummer", "amne": "Mitt nummer", "meddelande": "Det är mitt"])
            let id = try #require(try /\/arenden\/([0-9a-z]{13})/.firstMatch(in: sent.location ?? "")).1
            await site.waitForViews()
            let path = "/admin/arende/\(id)"
            #expect(!(try await nils.get(path)).contains("Flytta numret"))
            #expect(try await nils.post(path, ["atgard": "flytta-numret"]).status == 403)
            _ = try await nils.get(path)
            _ = try await nils.post(
                path,
                [
                    "atgard": "kontrollera", "username": "frammande", "name": "Moa Hallin",
                    "personnummer": "19880917-2391", "skal": "Visade pass",
                ])
            await site.waitForViews()
            #expect(try await nils.get(path).contains("Flytta numret"))
            #expect(try await nils.post(path, ["atgard": "flytta-numret"]).status == 303)
            let accounts = site.application.accounts
            #expect(try accounts.holderOfNumber(of: owner) == owner)
            #expect(try accounts.isDuplicate(first) && !accounts.isDuplicate(owner))
            await site.waitForViews()
            #expect(!(try await moa.get("/installningar")).contains("ett annat konto"))
            site.time.advance(by: Period(days: 7))
            #expect(try await site.run().done[.duplicateAccount] == 1)
            #expect(try accounts.member(first).closing?.cause == .duplicate)
        }
    }
}
