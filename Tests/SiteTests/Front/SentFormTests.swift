import Accounts
import Events
import Foundation
import HTTPTypes
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `A form that is sent once more` {
    @Test func `changes the password once, and is answered alike`() async throws {
        try await Correspondents.meet { site async throws in
            let place = "/installningar/losenord"
            let page = try await site.nils.get(place)
            let typed = [
                "password": AccountSite.password, "new-password": "blå cykel i medvind",
                "command": try #require(page.fields(of: place)["command"]),
            ]
            let first = try await site.nils.post(place, typed)
            #expect(first.status == 303)
            let head = site.application.log.head
            _ = try await site.nils.get(place)
            let second = try await site.nils.post(place, typed)
            #expect(second.status == 303 && second.location == first.location)
            #expect(site.application.log.head == head)
            // From a browser that never received the first answer, and so has the old cookie.
            let other = try await site.nils.post(place, typed.merging(["new-password": "grön buss i sidvind"]) { $1 })
            #expect(other.status == 409 && other.contains("redan skickat"))
            #expect(!other.contains("grön buss"))
        }
    }

    @Test func `is answered alike from a browser that the first answer never reached`() async throws {
        try await Correspondents.meet { site async throws in
            let place = "/installningar/losenord"
            let page = try await site.nils.get(place)
            let cookie = try #require(site.nils.cookie)
            let typed = page.fields(of: place).merging(
                ["password": AccountSite.password, "new-password": "blå cykel i medvind"]) { $1 }
            let first = try await site.nils.post(place, typed)
            let second = try await site.nils.another.post(place, typed, headers: [.cookie: cookie])
            #expect(second.status == 303 && second.location == first.location && second.cookies == first.cookies)
            let nowhere = try await site.nils.another.post(place, typed)
            #expect(nowhere.status != 303)
        }
    }

    @Test func `with another text is refused and keeps the text`() async throws {
        try await Correspondents.meet { site async throws in
            let conversation = try await site.begin(site.moa, to: "snickar-nisse", "Hej")
            let path = String(conversation.prefix { $0 != "?" })
            let page = try await site.moa.get(path)
            let fields = page.fields(of: path)
            let first = try await site.moa.post(path, fields.merging(["text": "Ett"]) { $1 })
            let head = site.application.log.head
            let again = try await site.moa.post(path, fields.merging(["text": "Ett"]) { $1 })
            #expect(first.status == 303 && again.status == 303 && again.location == first.location)
            let changed = try await site.moa.post(path, fields.merging(["text": "Två"]) { $1 })
            #expect(changed.status == 409 && changed.contains("redan skickat"))
            #expect(changed.fields(of: path)["text"] == "Två")
            #expect(changed.fields(of: path)["command"] != fields["command"])
            #expect(site.application.log.head == head)
            let sent = try await site.moa.post(path, changed.fields(of: path))
            #expect(sent.status == 303 && site.application.log.head > head)
        }
    }

    @Test(arguments: ["lamna", "tysta"])
    func `does what its own first run made impossible once, and is answered alike`(deed: String) async throws {
        try await Correspondents.meet { site async throws in
            let conversation = try await site.begin(site.moa, to: "snickar-nisse", "Hej")
            let path = String(conversation.prefix { $0 != "?" })
            let page = try await site.moa.get(deed == "lamna" ? "\(path)/lamna" : path)
            let fields = page.fields(of: "\(path)/\(deed)")
            let first = try await site.moa.post("\(path)/\(deed)", fields)
            let head = site.application.log.head
            let second = try await site.moa.post("\(path)/\(deed)", fields)
            #expect(first.status == 303 && second.status == 303 && second.location == first.location)
            #expect(site.application.log.head == head)
        }
    }

    @Test func `twice at the same time is done once`() async throws {
        try await Correspondents.meet { site async throws in
            let page = try await site.moa.get("/meddelanden/nytt")
            let fields = page.fields(of: "/meddelanden/nytt").merging(["till": "eva", "text": "Hej"]) { $1 }
            async let one = site.moa.post("/meddelanden/nytt", fields)
            async let two = site.moa.post("/meddelanden/nytt", fields)
            let answers = try await [one, two]
            #expect(Set(answers.map(\.status)) == [303] && Set(answers.map(\.location)).count == 1)
        }
    }

    @Test func `is known after a restart, and nothing that was typed stands in the file`() async throws {
        let temporary = try TemporarySite()
        let path = temporary.files.data.appending(path: "runtime.sqlite").path
        let command = CommandID(at: .testStart)
        let typed = "alldeles-egen-text"
        let cookie: HTTPFields = [.cookie: "session=\(SecretToken.random())"]
        func send(_ text: String) async throws -> Browser.Answer {
            let kit = try KitSite(runtime: RuntimeStore(at: path))
            defer { try? kit.site.runtime.close() }
            return try await browsing(kit) { browser async throws in
                _ = try await browser.get("/kontakt", headers: cookie)
                return try await browser.post(
                    "/kontakt", ["namn": text, "skicka": "vidare", "command": command.description], headers: cookie)
            }
        }
        let first = try await send(typed)
        #expect(first.status == 303)
        #expect(try await send(typed).location == first.location)
        #expect(try await send("något annat").status == 409)
        let bytes = try Array(String(contentsOfFile: path, encoding: .isoLatin1).utf8)
        #expect(!String(decoding: bytes, as: UTF8.self).contains(typed))
    }
}
