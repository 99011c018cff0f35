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

@Suite(.clause("P-18.1")) struct `An automatic receipt` {
    @Test func `is three times an hour enough for an address: what follows is put to the newest case`() async throws {
        try await CaseSite.visited { site async throws in
            for number in 1...10 {
                site.time.advance(seconds: 20)
                try await site.receive(Letter(subject: "Frånvaro \(number)", text: "Tack för mejlet, nummer \(number)"))
            }
            #expect(try await site.openCases() == IncomingMailWorker.mostCases)
            #expect(try await site.mails().count == IncomingMailWorker.mostCases)
            let id = try await site.newest()
            let page = try await site.browser(as: "astrid").get("/admin/arende/\(id)")
            #expect(page.contains("Ämne: Frånvaro 10") && page.contains("nummer 10"), "nothing is lost")
            // Another address is not limited, and the limit survives a restart.
            let restarted = try IncomingMailWorker(
                application: site.application, directories: [], reader: .inProcess, logger: .silent)
            _ = try await restarted.file(Array(Letter(subject: "Frånvaro 11").words.utf8))
            #expect(try await site.openCases() == 3)
            _ = try await restarted.file(Array(Letter(sender: "annan@example.se").words.utf8))
            #expect(try await site.openCases() == 4)
            // An hour later, a new question is accepted again.
            site.time.advance(seconds: 3700)
            _ = try await restarted.file(Array(Letter(subject: "Ny fråga").words.utf8))
            #expect(try await site.openCases() == 5)
        }
    }

    @Test func `ends what a machine says that answers within its case, with a picture each time`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter())
            let id = try await site.newest()
            var sent = try await site.mails().count
            for number in 1...8 {
                site.time.advance(seconds: 20)
                try await site.receive(
                    Letter(
                        subject: "Auto: [Ärende \(id)]",
                        text:
                            "--b\nContent-Type: text/plain\n\nTack \(number)\n--b\nContent-Type: image/png\n\nx\n--b--",
                        type: "multipart/mixed; boundary=b"))
                sent += try await site.mails().count
            }
            #expect(sent <= 3, "receipts and notes that files were left count together")
        }
    }

    @Test func `is sent to a person whose program adds what it does not want to get`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter(fields: ["X-Auto-Response-Suppress: DR, OOF, AutoReply"]))
            #expect(try await site.openCases() == 1)
            #expect(try await site.mails().map(\.to) == ["<ute@example.se>"])
        }
    }

    @Test func `is not sent to a person who wrote through a list, but the question is a case`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter(fields: ["List-Id: <lista.example.se>"]))
            #expect(try await site.openCases() == 1)
            #expect(try await site.mails().isEmpty)
            _ = try await site.answer(site.newest())
            #expect(try await site.mails().map(\.to) == ["<ute@example.se>"], "a person's answer is sent")
        }
    }

    @Test func `says that a program wrote it in answer to a mail, and an answer says that a person did`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter(fields: ["Message-ID: <brev-1@example.se>"]))
            let id = try await site.newest()
            let receipt = try #require(try await site.mails().first)
            #expect(receipt.header("Auto-Submitted") == "auto-replied")
            #expect(receipt.header("In-Reply-To") == "<brev-1@example.se>")
            try await site.receive(
                Letter(subject: "Re: [Ärende \(id)]", text: "En sak till", fields: ["Message-ID: <brev-2@example.se>"]))
            _ = try await site.answer(id)
            let answer = try #require(try await site.mails().first)
            #expect(!answer.head.contains("Auto-Submitted"))
            #expect(answer.header("In-Reply-To") == "<brev-2@example.se>")
            #expect(answer.header("References") == "<brev-1@example.se> <brev-2@example.se>")
        }
    }

    @Test func `to a form is no answer to a mail`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(site.browser())
            let receipt = try #require(try await site.mails().first)
            #expect(receipt.header("Auto-Submitted") == "auto-generated" && receipt.header("In-Reply-To").isEmpty)
        }
    }

    @Test func `that comes to an inbox of the site's own is known, and is no question`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter())
            let receipt = try #require(try await site.mails().first)
            let head = site.account.head
            let id = receipt.header("Message-ID")
            try await site.receive(Letter(sender: "info@example.org", fields: ["Message-ID: \(id)"]))
            #expect(site.account.head == head)
            #expect(try site.waitingMails == 0 && site.work.mail.unreadableCount == 0)
            // An id that only resembles one of the site's is foreign.
            let forged = id.replacing(/[0-9a-f]@/) { $0.output.hasPrefix("0") ? "1@" : "0@" }
            try await site.receive(Letter(text: "En annan fråga", fields: ["Message-ID: \(forged)"]))
            #expect(try await site.openCases() == 2)
        }
    }

    @Test func `is never sent to an address that the site itself writes from or reads`() async throws {
        try await CaseSite.visited { site async throws in
            let own = try #require(MailAddress("info@example.org"))
            let worker = try IncomingMailWorker(
                application: site.application, directories: [], own: [own], reader: .inProcess, logger: .silent)
            #expect(try await worker.file(Array(Letter(sender: "INFO+x@example.org").words.utf8)))
            #expect(try await site.openCases() == 1)
            #expect(try await site.mails().isEmpty)
        }
    }
}

@Suite(.clause("P-18.1")) struct `One mail` {
    private static let copy = Letter(
        fields: ["Message-ID: <brev-1@example.se>", "Delivered-To: info@example.org", "Received: by a"])

    @Test(arguments: [["Message-ID: <brev-1@example.se>"], ["Date: Mon, 30 Nov 2026 12:00:00 +0100"]])
    func `to two inboxes is one case with one receipt`(fields: [String]) async throws {
        try await CaseSite.visited { site async throws in
            for place in ["info", "kontakt"] {
                var letter = Letter(fields: fields).words
                letter =
                    "Received: by mx (\(place))\n\tfor <\(place)@example.org>\nDelivered-To: \(place)@example.org\n"
                    + letter
                try await site.receive(letter)
            }
            #expect(try await site.openCases() == 1)
            #expect(try await site.mails().count == 1)
        }
    }

    @Test(arguments: [
        Letter(text: "Något helt annat", fields: copy.fields), Letter(sender: "annan@example.se", fields: copy.fields),
        Letter(subject: "Något annat", fields: copy.fields),
    ])
    func `is not kept out by another that bears its number`(second: Letter) async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Self.copy)
            try await site.receive(second)
            #expect(try await site.openCases() == 2)
        }
    }
}

@Suite(.clause("P-17.2")) struct `Where answers to a mail go` {
    @Test func `is its Reply-To under the sender's domain`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(Letter(fields: ["Reply-To: Butiken <butiken@example.se>"]))
            let id = try await site.newest()
            #expect(try await site.mails().map(\.to) == ["<butiken@example.se>"])
            let astrid = try await site.browser(as: "astrid")
            let page = try await astrid.get("/admin/arende/\(id)")
            #expect(page.contains("butiken@example.se") && page.contains("Inte kontrollerad"))
            #expect(page.contains("Svara till ute@example.se i stället"))
            try await site.receive(Letter(sender: "butiken@example.se", subject: "Re: [Ärende \(id)]", text: "Tack"))
            #expect(try site.file(id).setAside.isEmpty, "whoever is answered there is the party")
        }
    }

    @Test func `is the sender's own address, unless a person chooses what stood in Reply-To`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(
                Letter(sender: "formular@hemsida.example", fields: ["Reply-To: riktig@kund.example"]))
            let id = try await site.newest()
            #expect(try await site.mails().map(\.to) == ["<formular@hemsida.example>"])
            let astrid = try await site.browser(as: "astrid")
            let place = "/admin/arende/\(id)"
            let page = try await astrid.get(place)
            #expect(page.contains("riktig@kund.example") && page.contains("Vill ha svar till"))
            #expect(try await astrid.post(place, ["atgard": "svarsadress", "svar-till": "7"]).status == 422)
            #expect(try await astrid.post(place, ["atgard": "svarsadress", "svar-till": "1"]).status == 303)
            _ = try await site.answer(id)
            #expect(try await site.mails().map(\.to) == ["<riktig@kund.example>"])
            // A later mail with another Reply-To does not change the choice.
            try await site.receive(
                Letter(
                    sender: "formular@hemsida.example", subject: "[Ärende \(id)]", text: "Mer",
                    fields: ["Reply-To: tredje@part.example"]))
            _ = try await site.answer(id, ["meddelande": "Mer svar"])
            #expect(try await site.mails().map(\.to) == ["<riktig@kund.example>"])
            _ = try await astrid.get(place)
            #expect(try await astrid.post(place, ["atgard": "svarsadress", "svar-till": ""]).status == 303)
            _ = try await site.answer(id, ["meddelande": "Sista svaret"])
            #expect(try await site.mails().map(\.to) == ["<formular@hemsida.example>"])
        }
    }

    @Test func `is a member's registered address, whatever a mail says`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(site.browser(as: "moa"))
            let id = try await site.newest()
            _ = try await site.mails()
            try await site.receive(
                Letter(
                    sender: "moa@example.se", subject: "[Ärende \(id)]", text: "Jo",
                    fields: ["Reply-To: hemma@example.se"]))
            let astrid = try await site.browser(as: "astrid")
            let place = "/admin/arende/\(id)"
            #expect(try await !astrid.get(place).contains("Vill ha svar till"))
            #expect(try await astrid.post(place, ["atgard": "svarsadress", "svar-till": "1"]).status == 422)
            _ = try await site.answer(id)
            #expect(try await site.mails().map(\.to) == ["<moa@example.se>"])
        }
    }
}

@Suite(.clause("P-08.2")) struct `A question that has waited for long` {
    @Test func `is told to those who may answer it, by mail and on the site, and not to whom it concerns`() async throws
    {
        try await OwnMatterSite.visited { site async throws in
            _ = try await site.cases.mails()
            site.cases.time.advance(seconds: 13 * 3600)
            await site.cases.work.work()
            let told = Set(try await site.cases.mails().map(\.to))
            #expect(told == ["<nils@example.se>", "<info@example.org>"])
            let words = "En fråga till administrationen har väntat länge på svar"
            #expect(try await site.cases.browser(as: "snickar-nisse").get("/aviseringar").contains(words))
            #expect(try await !site.cases.browser(as: "astrid").get("/aviseringar").contains(words))
        }
    }
}
