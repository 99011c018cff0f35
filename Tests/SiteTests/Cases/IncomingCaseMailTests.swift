import Accounts
import Events
import Foundation
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-18.1")) struct `Mail to the inboxes` {
    private func letter(
        from sender: String = "Ute <ute@example.se>", _ subject: String, _ text: String, _ fields: String = ""
    ) -> String {
        "From: \(sender)\nTo: info@example.org\nSubject: \(subject)\n\(fields)Content-Type: text/plain; charset=utf-8\n\n\(text)\n"
    }

    @Test func `becomes a case with a receipt, and an answer to it comes to the same case`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(letter("Öppettider", "När har ni öppet?"))
            let id = try await site.newest()
            #expect(try site.waitingMails == 0)
            let receipt = try #require(try await site.mails().first)
            #expect(receipt.to == "<ute@example.se>" && receipt.subject.contains("[Ärende \(id)]"))
            _ = try await site.answer(id)
            #expect(try await site.mails().first?.to == "<ute@example.se>")
            site.time.advance(seconds: 60)
            try await site.receive(letter(from: "UTE@example.se", "Re: \(receipt.subject)", "Även på lördagar?"))
            #expect(try await site.newest() == id)
            #expect(try site.file(id).question?.askedAt == site.time.now)
            let astrid = try await site.browser(as: "astrid")
            let page = try await astrid.get("/admin/arende/\(id)")
            #expect(page.contains("Även på lördagar?") && page.contains("Kom med e-post"))
        }
    }

    @Test func `comes to its case by what it answers, when the subject says nothing any more`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(letter("Öppettider", "När har ni öppet?"))
            let id = try await site.newest()
            let mailID = try #require(try await site.mails().first?.header("Message-ID"))
            _ = try await site.answer(id)
            _ = try await site.mails()
            site.time.advance(seconds: 60)
            try await site.receive(letter("Tack", "Och på söndagar?", "In-Reply-To: \(mailID)\n"))
            #expect(try await site.newest() == id && site.file(id).question?.askedAt == site.time.now)
            _ = try await site.answer(id)
            site.time.advance(seconds: 60)
            let thread = "References: <a@example.se>\n \(mailID)\n <b@example.se>\nIn-Reply-To: <b@example.se>\n"
            try await site.receive(letter("Tack igen", "Och på röda dagar?", thread))
            #expect(try await site.newest() == id && site.file(id).question?.askedAt == site.time.now)
            // Knowing the id is no proof of identity.
            try await site.receive(letter(from: "annan@example.se", "Tack", "Jag med", "In-Reply-To: \(mailID)\n"))
            #expect(try await site.newest() == id && site.file(id).setAside == [1])
        }
    }

    @Test func `to any of several inboxes comes into the one queue`() async throws {
        try await CaseSite.visited { site async throws in
            let second = site.account.temporary.files.data.appending(path: "inbox-2").path
            try Maildir(at: second).create()
            let worker = try IncomingMailWorker(
                application: site.application, directories: [site.inbox, second], reader: .inProcess,
                logger: .silent)
            for (place, subject) in [(site.inbox, "Ett"), (second, "Två")] {
                try Data(letter(subject, "Hej").utf8).write(to: URL(fileURLWithPath: "\(place)/new/1"))
            }
            await worker.work()
            try await site.catchUp()
            let page = try await site.browser(as: "astrid").get("/admin/arenden")
            #expect(page.text.matches(of: /href="\/admin\/arende\//).count == 2)
        }
    }

    @Test(.clause("P-15.2")) func `is answered to an address that may not exist, and the staff sees that it came back`()
        async throws
    {
        try await CaseSite.visited { site async throws in
            try await site.receive(letter("Öppettider", "När har ni öppet?"))
            let id = try await site.newest()
            let file = try site.file(id)
            let address = try #require(file.contact?.subject)
            _ = try await site.mails()
            let handedOver = try site.application.log.events(after: 0, limit: 10_000).compactMap { event -> SentMail? in
                guard case .handedOver(let mail)? = try MailEvent.decode(event),
                    mail.key.name == SiteMail.caseReceipt.name
                else { return nil }
                return mail
            }
            let sent = try #require(handedOver.last)
            #expect(sent.address == address)
            try await site.application.messaging.note(
                Bounce(sent.key, address: address, status: DeliveryStatus(5, 1, 1)),
                command: CommandID(at: site.time.now))
            let page = try await site.browser(as: "astrid").get("/admin/arende/\(id)")
            #expect(page.contains("Mejl till Ute kommer tillbaka"))
            _ = try await site.answer(id)
            #expect(try await site.mails().map(\.to) == ["<ute@example.se>"])
        }
    }

    @Test(.clause("P-17.2")) func `from another address than the case's is set aside for a person`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await site.ask(moa)
            let id = try await site.newest()
            _ = try await site.answer(id)
            _ = try await site.mails()
            try await site.receive(letter(from: "annan@example.se", "Re: [Ärende \(id)]", "Jag är Moa, lita på mig"))
            #expect(try site.file(id).question == nil && site.file(id).setAside == [1])
            #expect(try await site.mails().isEmpty, "nobody is told anything")
            #expect(!(try await moa.get("/arenden/\(id)").contains("lita på mig")))
            let astrid = try await site.browser(as: "astrid")
            #expect(try await astrid.get("/admin/arenden").contains("mejl att titta på"))
            let page = try await astrid.get("/admin/arende/\(id)")
            #expect(page.contains("lita på mig") && page.contains("annan@example.se"))
            let path = "/admin/arende/\(id)"
            #expect(try await astrid.post(path, ["atgard": "infoga", "mejl": "1"]).status == 303)
            #expect(try await moa.get("/arenden/\(id)").contains("lita på mig"))
            #expect(try site.file(id).question != nil)
            _ = try await astrid.get(path)
            #expect(try await astrid.post(path, ["atgard": "infoga", "mejl": "1"]).status == 422)
        }
    }

    @Test func `by a program begins nothing and answers nothing`() async throws {
        try await CaseSite.visited { site async throws in
            let before = site.account.head
            try await site.receive(letter("Frånvaro", "Jag är på semester", "Auto-Submitted: auto-replied\n"))
            #expect(site.account.head == before)
            _ = try await site.ask(site.browser())
            let id = try await site.newest()
            _ = try await site.answer(id)
            try await site.receive(letter("[Ärende \(id)]", "Jag är på semester", "Auto-Submitted: auto-replied\n"))
            #expect(try site.file(id).question == nil && site.file(id).setAside == [1])
        }
    }

    @Test func `with files is taken without them, politely`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(
                "From: ute@example.se\nSubject: Kvitto\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSe bilagan\n--b\nContent-Type: application/zip\n\nUEsDBA==\n--b--\n"
            )
            let mail = try #require(try await site.mails().first)
            #expect(mail.body.contains("Vi tar inte emot bilagor"))
        }
    }

    @Test func `that is no file lies aside, and the staff sees that it does`() async throws {
        try await CaseSite.visited { site async throws in
            let before = site.account.head
            try FileManager.default.createSymbolicLink(
                atPath: "\(site.inbox)/new/1", withDestinationPath: "/etc/hostname")
            try await site.receive(letter("Frånvaro", "Jag är på semester", "Auto-Submitted: auto-replied\n"))
            #expect(site.account.head == before)
            #expect(try site.waitingMails == 0)
            let list = try await site.browser(as: "astrid").get("/admin/arenden")
            #expect(list.contains("Två mejl har inte blivit ärenden"))
        }
    }

    @Test func `that comes again after a crash is the same mail`() async throws {
        try await CaseSite.visited { site async throws in
            let text = letter("Hej", "Samma")
            try await site.receive(text)
            let head = site.account.head
            try await site.receive(text)
            #expect(site.account.head == head)
        }
    }

    @Test func `cannot inject a line into what the site sends`() async throws {
        try await CaseSite.visited { site async throws in
            try await site.receive(
                letter(
                    from: "\"Ute\\r\\nBcc: alla@example.se\" <ute@example.se>",
                    "=?utf-8?Q?Hej=0D=0ABcc:_alla=40example.se?=", "x"))
            for mail in try await site.mails() {
                #expect(mail.header("Bcc").isEmpty && mail.to == "<ute@example.se>")
            }
        }
    }
}
