import Accounts
import Events
import Foundation
import HTTPTypes
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-06.4")) struct `A draft` {
    private static let text = "Halva meningen\r\n\r\n<b>utan</b> slut"

    /// A place to write in, and the fields that are typed there.
    private struct Place {
        let page, action: String
        var fields = ["text": DraftTests.text]
        let draft: DraftPlace
    }

    private typealias DraftTests = `A draft`

    private func places(_ they: Correspondents) async throws -> [Place] {
        let own = try await they.site.write("Mitt inlägg", by: they.moaID)
        let others = try await they.site.write("Ett annat", by: they.nilsID)
        let category = try #require(try they.application.views.threads.find(others.thread)?.category)
        let conversation = try await they.begin(they.nils, to: "moa", "Hej Moa")
        let id = try #require(ConversationID(conversation.suffix(13).description))
        let eva = try they.evaID
        return [
            Place(
                page: "/trad/\(others.thread)/svara", action: "/trad/\(others.thread)/svara",
                draft: .reply(others.thread)),
            Place(
                page: "/forum/\(category.slug)/ny", action: "/forum/\(category.slug)/ny",
                fields: ["text": Self.text, "title": "Halva rubriken"], draft: .thread(category.id)),
            Place(
                page: "/inlagg/\(own.post)/andra", action: "/inlagg/\(own.post)/andra",
                fields: ["text": Self.text, "base": "1"], draft: .edit(own.post)),
            Place(page: conversation, action: conversation, draft: .message(id)),
            Place(
                page: "/meddelanden/nytt", action: "/meddelanden/nytt",
                fields: ["text": Self.text, "till": "snickar-nisse, eva"], draft: .newConversation(nil)),
            Place(
                page: "/meddelanden/nytt?till=\(eva)", action: "/meddelanden/nytt",
                fields: ["text": Self.text, "till": "eva"], draft: .newConversation(eva)),
        ]
    }

    private func hidden(_ place: Place) -> [String: String] {
        ["utkast-slag": place.draft.kind.rawValue, "utkast-plats": place.draft.id]
    }

    @Test func `is kept by a button, is in the form and under Utkast, and goes when it is sent`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let (moa, reading) = (they.moa, they.application.reading)
            for place in try await places(they) {
                let opened = try await moa.get(place.page)
                #expect(opened.contains("Spara utkast") && !opened.contains("Ta bort utkastet"), "\(place.draft)")
                let head = they.application.log.head
                let kept = try await moa.post(
                    place.action, place.fields.merging(hidden(place)) { $1 }.merging(["action": "spara-utkast"]) { $1 })
                #expect(kept.status == 303, "\(place.draft) \(kept.text)")
                #expect(try they.site.events(after: head) == [], "no event")
                #expect(kept.location?.contains("Halva") == false)
                let draft = try #require(try reading.draft(at: place.draft, of: they.moaID))
                #expect(draft.text.text == Self.text)
                let again = try await moa.get(kept.path)
                #expect(again.contains("Halva meningen\r\n\r\n&lt;b&gt;utan&lt;/b&gt; slut"), "\(place.draft)")
                #expect(again.contains("Sparat kl. ") && again.contains("Ta bort utkastet"))
                for value in [place.fields["title"], place.fields["till"]].compactMap(\.self) {
                    #expect(again.contains("value=\"\(value)\""), "\(place.draft)")
                }
                let list = try await moa.get("/utkast")
                #expect(list.contains("Halva meningen") && list.contains("href=\"\(place.page)\""), "\(place.draft)")
                #expect(!(try await they.nils.get("/utkast").contains("Halva")))
                let form = try await moa.get(place.page)
                let sent = try await moa.post(
                    place.action,
                    place.fields.merging(hidden(place)) { $1 }
                        .merging(["action": "send", "command": form.command(of: place.action)]) { $1 })
                #expect(sent.status == 303, "\(place.draft) \(sent.text)")
                #expect(try reading.draft(at: place.draft, of: they.moaID) == nil, "\(place.draft)")
                #expect(try await moa.get("/utkast").contains("Inga utkast"))
                // As far as other forms go: a day later they may be sent again.
                they.site.time.advance(seconds: 86_400)
            }
        }
    }

    @Test func `is kept by the script while it is written, and the line below it says so`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            for place in try await places(they) {
                _ = try await they.moa.get(place.page)
                let fields = place.fields.merging(hidden(place)) { $1 }
                let saved = try await they.moa.post("/utkast", fields)
                #expect(
                    saved.status == 200 && saved.text.wholeMatch(of: /Sparat kl\. \d\d\.\d\d/) != nil, "\(saved.text)")
                #expect(saved["Content-Type"] == "text/plain; charset=utf-8")
                #expect(try they.application.reading.draft(at: place.draft, of: they.moaID)?.text.text == Self.text)
                #expect(try await they.moa.get(place.page).contains("Halva meningen"))
                let emptied = try await they.moa.post(
                    "/utkast", fields.mapValues { $0 == Self.text ? "" : $0 }.merging(["title": "", "till": ""]) { $1 })
                #expect(emptied.status == 200 && emptied.text == "")
                #expect(try they.application.reading.drafts(of: they.moaID).isEmpty)
            }
        }
    }

    @Test func `that the script sends after the text was sent leaves nothing`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let place = try await places(they)[0]
            let form = try await they.moa.get(place.page)
            let command = ["command": form.command(of: place.action)]
            let fields = place.fields.merging(hidden(place)) { $1 }.merging(command) { $1 }
            #expect(try await they.moa.post(place.action, fields).status == 303)
            let late = try await they.moa.post("/utkast", fields)
            #expect(late.status == 409 && late.text == "Det här är redan skickat.")
            #expect(try they.application.reading.drafts(of: they.moaID).isEmpty)
        }
    }

    @Test func `is removed by a button in the form and under Utkast`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let place = try await places(they)[0]
            let (moa, id) = (they.moa, try they.moaID)
            for isInForm in [true, false] {
                _ = try await moa.get(place.page)
                _ = try await moa.post("/utkast", place.fields.merging(hidden(place)) { $1 })
                let answer =
                    isInForm
                    ? try await moa.post(place.action, place.fields.merging(["action": "slang-utkast"]) { $1 })
                    : try await they.press(moa, "/utkast/ta-bort", at: "/utkast", hidden(place))
                #expect(answer.status == 303)
                #expect(try they.application.reading.drafts(of: id).isEmpty)
                #expect(!(try await moa.get(place.page).contains("Halva meningen")))
            }
        }
    }

    @Test func `comes in the reply form of a page from memory, for its author alone`() async throws {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("författaren")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: author)
            let (moa, other) = (try await site.member("moa-1"), try await site.member("moa-2"))
            let path = "/trad/\(thread)/hej-hej"
            let (hers, others) = (try await site.browser(client, as: moa), try await site.browser(client, as: other))
            for browser in [hers, others] { _ = try await browser.get(path) }
            try site.application.reading.save(
                DraftText("Halva meningen"), at: .reply(thread), of: moa, at: site.time.now)
            for _ in 1...2 {
                let page = try await hers.get(path)
                #expect(page.count(of: "Halva meningen") == 1 && page.contains("Ta bort utkastet"))
                let same = try await others.get(path)
                #expect(!same.contains("Halva") && !same.contains("Ta bort utkastet") && same.contains("Spara utkast"))
            }
            #expect(site.forumPages.visitorPages.knows(.page(1, at: path)))
            // Beside what others wrote, its length must not tell of it.
            let gzip = try await hers.get(path, headers: [.acceptEncoding: "gzip"])
            #expect(gzip["Content-Encoding"] == nil)
            #expect(try await others.get(path, headers: [.acceptEncoding: "gzip"])["Content-Encoding"] == "gzip")
        }
    }

    @Test func `comes before a quote that is added to it`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let written = try await they.site.write("Ord", by: they.nilsID)
            try they.application.reading.save(
                DraftText("Halva meningen"), at: .reply(written.thread), of: they.moaID, at: they.site.time.now)
            let page = try await they.moa.get("/trad/\(written.thread)/svara?citat=\(written.post)")
            #expect(page.contains("Halva meningen\n\n[citat \(written.post)"))
        }
    }

    @Test func `that cannot be kept is refused with the reason, and the text stays in the form`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let place = try await places(they)[0]
            for number in 1...Draft.most {
                try they.application.reading.save(
                    DraftText("a"), at: .reply(ThreadID(rawValue: UInt64(number))), of: they.moaID,
                    at: they.site.time.now)
            }
            _ = try await they.moa.get(place.page)
            let refused = try await they.moa.post(place.action, place.fields.merging(["action": "spara-utkast"]) { $1 })
            #expect(refused.status == 422 && refused.contains("Du har redan 50 utkast"))
            #expect(refused.contains("Halva meningen"))
            let told = try await they.moa.post("/utkast", place.fields.merging(hidden(place)) { $1 })
            #expect(told.status == 422 && told.text.hasPrefix("Du har redan 50 utkast"))
        }
    }

    @Test func `of a place that is gone can still be read, copied and removed`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let (reading, now) = (they.application.reading, they.site.time.now)
            let gone: [DraftPlace] = [
                .reply(ThreadID(rawValue: 1)), .thread(CategoryID(rawValue: 1)), .edit(PostID(rawValue: 1)),
                .message(ConversationID(rawValue: 1)), .newConversation(MemberID(rawValue: 1)),
            ]
            for place in gone { try reading.save(DraftText("Halva <meningen>"), at: place, of: they.moaID, at: now) }
            let page = try await they.moa.get("/utkast")
            #expect(page.count(of: "Går inte att skicka längre") == gone.count)
            #expect(page.count(of: "Halva &lt;meningen&gt;") == gone.count)
            for place in gone {
                let fields = ["utkast-slag": place.kind.rawValue, "utkast-plats": place.id]
                #expect(try await they.press(they.moa, "/utkast/ta-bort", at: "/utkast", fields).status == 303)
            }
            #expect(try reading.drafts(of: they.moaID).isEmpty)
        }
    }

    @Test func `is kept and sent also after the session has ended in between`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let place = try await places(they)[0]
            let command = try await they.moa.get(place.page).command(of: place.action)
            let fields = place.fields.merging(hidden(place)) { $1 }.merging([
                "action": "spara-utkast", "command": command,
            ]) {
                $1
            }
            try they.site.accounts.site.sessions.endAll(of: they.moaID)
            let asked = try await they.moa.post(place.action, fields)
            #expect(asked.status == 403 || asked.status == 401, "\(asked.status)")
            #expect(asked.contains("inte skickat än") && asked.contains("Halva meningen"))
            let script = try await they.moa.post("/utkast", fields)
            #expect(script.status == asked.status && script["Content-Type"]?.hasPrefix("text/plain") != true)
            #expect(try they.application.reading.drafts(of: they.moaID).isEmpty)
        }
    }

    @Test func `with unknown place or foreign token is refused`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let place = try await places(they)[0]
            _ = try await they.moa.get(place.page)
            for fields in [
                ["utkast-slag": "reply", "utkast-plats": "x"], ["utkast-slag": "book", "utkast-plats": ""], [:],
            ] {
                #expect(try await they.moa.post("/utkast", fields.merging(["text": "Hej"]) { $1 }).status == 400)
            }
            let foreign = place.fields.merging(hidden(place)) { $1 }.merging(["csrf": "x"]) { $1 }
            #expect(try await they.moa.post("/utkast", foreign).status == 403)
            #expect(try they.application.reading.drafts(of: they.moaID).isEmpty)
        }
    }
}
