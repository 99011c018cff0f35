import Accounts
import Events
import Forum
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-06.4")) struct `A bookmark` {
    @Test func `is set by a button at the post, gets a note, is listed for its member alone, and is removed`()
        async throws
    {
        try await Correspondents.meet(serving: true) { they async throws in
            let written = try await they.site.write("Ett råd", by: they.nilsID)
            let path = "/trad/\(written.thread)/en-rubrik"
            let page = try await they.moa.get(path)
            #expect(page.contains("form=\"spara\" name=\"inlagg\" value=\"\(written.post)\""))
            #expect(!(try await they.moa.another.get(path).contains("spara")), "visitors have no such button")
            let head = they.application.log.head
            let set = try await they.moa.post("/sparat", ["inlagg": "\(written.post)"])
            #expect(set.location == "/inlagg/\(written.post)")
            #expect(try they.site.events(after: head) == [])
            let marked = try await they.moa.get(path)
            #expect(marked.contains("href=\"/sparat/\(written.post)\"") && !marked.contains("name=\"inlagg\""))
            #expect(!(try await they.eva.get(path).contains("/sparat/\(written.post)")))

            let note = try await they.press(
                they.moa, "/sparat/\(written.post)", at: "/sparat/\(written.post)", ["anteckning": "Läs <igen>"])
            #expect(note.location == "/sparat")
            let list = try await they.moa.get("/sparat")
            #expect(
                list.contains("Läs &lt;igen&gt;") && list.contains("#1 i En rubrik") && list.contains("snickar-nisse"))
            #expect(try await they.moa.get("/sparat/\(written.post)").contains("Läs &lt;igen&gt;"))
            // The button again leaves the note.
            _ = try await they.moa.post("/sparat", ["inlagg": "\(written.post)"])
            #expect(try they.application.reading.bookmarks(of: they.moaID).map(\.note) == ["Läs <igen>"])
            #expect(try await they.eva.get("/sparat").contains("Inget sparat än"))

            let removed = try await they.press(they.moa, "/sparat/\(written.post)/ta-bort", at: "/sparat")
            #expect(removed.location == "/sparat")
            #expect(try they.application.reading.bookmarks(of: they.moaID).isEmpty)
            #expect(try await they.moa.get(path).contains("name=\"inlagg\""))
        }
    }

    @Test func `shows a gap where the post is gone, with the note, and never the title`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let written = try await they.site.write("Ett råd", by: they.nilsID)
            let reply = try await they.application.forum.reply(
                to: written.thread, they.application.draft("Ett svar"), by: Standing(they.nilsID),
                command: they.site.command()
            ).post
            await they.site.waitForViews()
            let (reading, now) = (they.application.reading, they.site.time.now)
            try reading.bookmark(reply, note: "Mitt minne", of: they.moaID, at: now)
            try reading.bookmark(PostID(rawValue: 1), note: "", of: they.moaID, at: now)
            #expect(try await they.moa.get("/sparat").contains("#2 i En rubrik"))
            _ = try await they.application.forum.remove(
                reply, for: .abuse, by: Standing(MemberID(rawValue: 98), as: .moderator), command: they.site.command())
            await they.site.waitForViews()
            let list = try await they.moa.get("/sparat")
            #expect(list.count(of: "Inlägget går inte att visa längre") == 2)
            #expect(list.contains("Mitt minne") && !list.contains("En rubrik"))
            #expect(try await they.moa.get("/sparat/\(reply)").contains("Inlägget går inte att visa längre"))
            #expect(try await they.moa.get("/sparat/\(PostID(rawValue: 2))").status == 404)
            #expect(try await they.moa.post("/sparat", ["inlagg": "\(PostID(rawValue: 2))"]).status == 404)
            #expect(try await they.press(they.moa, "/sparat/\(reply)/ta-bort", at: "/sparat").status == 303)
        }
    }

    @Test func `has a note of at most 500 characters, and there are at most a thousand`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let written = try await they.site.write("Ett råd", by: they.nilsID)
            let path = "/sparat/\(written.post)"
            let long = try await they.press(
                they.moa, path, at: path, ["anteckning": String(repeating: "ö", count: 501)])
            #expect(long.status == 422 && long.contains("högst 500 tecken") && long.contains("öööö"))
            let (reading, now) = (they.application.reading, they.site.time.now)
            for number in 1...Bookmark.most {
                try reading.bookmark(PostID(rawValue: UInt64(number)), note: "", of: they.moaID, at: now)
            }
            _ = try await they.moa.get("/sparat")
            let refused = try await they.moa.post("/sparat", ["inlagg": "\(written.post)"])
            #expect(refused.status == 409 && refused.contains("Du har redan sparat"))
            #expect(try await they.moa.get("/sparat?sida=20").status == 200)
            #expect(try await they.moa.get("/sparat?sida=21").status == 404)
        }
    }

    @Test func `is a gap in a page from memory, for its member alone`() async throws {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("författaren")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: author)
            let (moa, other) = (try await site.member("moa-1"), try await site.member("moa-2"))
            let path = "/trad/\(thread)/hej-hej"
            let (hers, others) = (try await site.browser(client, as: moa), try await site.browser(client, as: other))
            _ = try await others.get(path)
            try site.application.reading.bookmark(post, note: "Hemligt", of: moa, at: site.time.now)
            for _ in 1...2 {
                let page = try await hers.get(path)
                #expect(page.contains("href=\"/sparat/\(post)\"") && !page.contains("Hemligt"))
                let same = try await others.get(path)
                #expect(!same.contains("/sparat/\(post)") && same.contains("name=\"inlagg\" value=\"\(post)\""))
            }
            #expect(site.forumPages.visitorPages.knows(.page(1, at: path)))
        }
    }

    @Test func `is counted in settings with drafts`() async throws {
        try await Correspondents.meet(serving: true) { they async throws in
            let (reading, now) = (they.application.reading, they.site.time.now)
            for number in 1...3 {
                let note = number == 1 ? "Läs igen" : ""
                try reading.bookmark(PostID(rawValue: UInt64(number)), note: note, of: they.moaID, at: now)
            }
            try reading.save(DraftText("Halva"), at: .newConversation(nil), of: they.moaID, at: now)
            let page = try await they.moa.get("/installningar")
            for words in ["3\u{A0}inlägg", "1\u{A0}anteckning", "1\u{A0}utkast", "i 30\u{A0}dagar"] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(page.contains("href=\"/sparat\"") && page.contains("href=\"/utkast\""))
        }
    }
}
