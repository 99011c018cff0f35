import Accounts
import Events
import Forum
import HummingbirdTesting
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-15.1")) struct `Notifications` {
    /// A member replies in a thread through the use case that the page calls.
    private func reply(
        _ text: String, to thread: ThreadID, by member: MemberID, _ they: Correspondents
    ) async throws -> PostID {
        they.site.time.advance(seconds: 1)
        let reply = try await they.application.forum.reply(
            to: thread, they.application.draft(text), by: Standing(member), command: they.site.command())
        await they.site.waitForViews()
        return reply.post
    }

    private let moderator = Standing(MemberID(rawValue: 98), as: .moderator)

    @Test func `tell of answers, quotes and mentions, once each, and never of what one wrote oneself`() async throws {
        try await Correspondents.meet { they async throws in
            let (moa, nils, eva) = (try they.moaID, try they.nilsID, try they.evaID)
            #expect(try await they.moa.get("/aviseringar").contains("Inga aviseringar än"))
            let written = try await they.site.write("Vad kostar ett bord?", by: moa)
            let answer = try await reply("Två tusen, @moa", to: written.thread, by: nils, they)
            _ = try await reply("[citat \(answer)]\n\nInte mer?", to: written.thread, by: eva, they)
            _ = try await reply("Tack @moa, sa jag", to: written.thread, by: moa, they)

            let page = try await they.moa.get("/aviseringar")
            #expect(page.count("notices") == 2)
            #expect(page.count(of: "snickar-nisse nämnde dig i ”En rubrik”") == 1)
            #expect(page.count(of: "eva svarade i din tråd ”En rubrik”") == 1)
            let quoted = try await they.nils.get("/aviseringar")
            #expect(quoted.count("notices") == 1 && quoted.contains("eva citerade dig i ”En rubrik”"))
            #expect(try await they.eva.get("/aviseringar").isCountHidden("notices"))
        }
    }

    @Test func `tell of a name or a quote that came by a revision, and nobody twice of one post`() async throws {
        try await Correspondents.meet { they async throws in
            let (moa, nils) = (try they.moaID, try they.nilsID)
            let written = try await they.site.write("Vad kostar ett bord?", by: moa)
            let answer = try await reply("Två tusen", to: written.thread, by: nils, they)
            func revise(_ text: String, _ base: Int) async throws {
                they.site.time.advance(seconds: 1)
                _ = try await they.application.forum.revise(
                    answer, from: base, to: they.application.draft(text), by: Standing(nils),
                    command: they.site.command()
                )
                await they.site.waitForViews()
            }
            #expect(try await they.eva.get("/aviseringar").isCountHidden("notices"))
            #expect(try await they.moa.get("/aviseringar").count("notices") == 1)
            try await revise("Två tusen. Eller vad säger du, @eva? Och du, @moa?", 1)
            let page = try await they.eva.get("/aviseringar")
            #expect(page.count("notices") == 1 && page.contains("snickar-nisse nämnde dig i ”En rubrik”"))
            // She has already been notified of the answer.
            #expect(try await they.moa.get("/aviseringar").count("notices") == 1)
            try await revise("Två tusen, @eva @moa @snickar-nisse", 2)
            #expect(try await they.eva.get("/aviseringar").count("notices") == 1)
            #expect(try await they.nils.get("/aviseringar").isCountHidden("notices"))
        }
    }

    @Test func `lead to what they tell of and count as read then`() async throws {
        try await Correspondents.meet { they async throws in
            let written = try await they.site.write("Hej", by: try they.moaID)
            let answers = [
                try await reply("Ett", to: written.thread, by: they.nilsID, they),
                try await reply("Två", to: written.thread, by: they.evaID, they),
                try await reply("Tre", to: written.thread, by: they.evaID, they),
            ]
            let page = try await they.moa.get("/aviseringar")
            let links = page.text.matches(of: /href="(\/aviseringar\/[0-9]+)"/).map { String($0.1) }
            #expect(links.count == 3 && page.count(of: ">Ny</span>") == 3)
            #expect(try await they.moa.get(links[0]).location == "/inlagg/\(answers[2])")
            #expect(try await they.moa.get("/aviseringar").count("notices") == 2)
            #expect(try await they.nils.get(links[0]).status == 404)
            #expect(try await they.moa.get("/aviseringar/0").status == 404)
            #expect(try await they.moa.get("/aviseringar/snigel").status == 404)

            let newest = links[0].split(separator: "/")[1]
            let all = try await they.press(
                they.moa, "/aviseringar/lasta", at: "/aviseringar", ["till-och-med": String(newest)])
            #expect(all.location == "/aviseringar")
            let read = try await they.moa.get("/aviseringar")
            #expect(read.isCountHidden("notices") && !read.contains(">Ny</span>"))
            #expect(try await they.moa.post("/aviseringar/lasta", ["till-och-med": "999999"]).status == 400)
        }
    }

    @Test func `come for threads and categories that one watches`() async throws {
        try await Correspondents.meet { they async throws in
            let (moa, nils) = (try they.moaID, try they.nilsID)
            let written = try await they.site.write("Hej", by: moa)
            let watch = "/trad/\(written.thread)/bevaka"
            #expect(try await they.eva.get("/trad/\(written.thread)/en-rubrik").contains(watch))
            #expect(try await they.eva.get(watch).contains("Bevaka tråden ”En rubrik”"))
            #expect(try await they.press(they.eva, watch, at: watch, ["bevaka": "ja"]).status == 303)
            let category = try #require(
                try await they.eva.get("/forum").text.firstMatch(of: /href="\/forum\/(kategori-[0-9]+)"/)?.1)
            let watchCategory = "/forum/\(category)/bevaka"
            try await they.press(they.nils, watchCategory, at: watchCategory, ["bevaka": "ja"])
            _ = try await reply("Mer", to: written.thread, by: nils, they)
            _ = try await they.application.forum.openThread(
                in: try #require(try they.application.categoryID(String(category))), title: ThreadTitle("En ny"),
                body: they.application.draft("Ny"), by: Standing(moa), command: they.site.command())
            await they.site.waitForViews()
            let eva = try await they.eva.get("/aviseringar")
            #expect(eva.contains("snickar-nisse skrev i ”En rubrik”, som du bevakar") && eva.count("notices") == 1)
            #expect(eva.contains("Sluta bevaka"))
            let nilsPage = try await they.nils.get("/aviseringar")
            #expect(nilsPage.contains("moa startade tråden ”En ny”") && nilsPage.count("notices") == 1)

            try await they.press(they.eva, watch, at: "/aviseringar", ["bevaka": "nej"])
            _ = try await reply("Ännu mer", to: written.thread, by: nils, they)
            #expect(try await they.eva.get("/aviseringar").count("notices") == 1)
            #expect(try await they.eva.get("/forum/finns-inte/bevaka").status == 404)
            #expect(try await they.site.browser.get(watch).status == 303)
        }
    }

    @Test(.clause("P-16.5")) func `end with the account, and what was watched is not watched again by coming back`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            let eva = try they.evaID
            let written = try await they.site.write("Hej", by: try they.moaID)
            let watch = "/trad/\(written.thread)/bevaka"
            try await they.press(they.eva, watch, at: watch, ["bevaka": "ja"])
            try await they.site.leave(they.eva)
            _ = try await reply("@eva är du där?", to: written.thread, by: they.nilsID, they)
            try await they.application.accounts.restore(eva, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            #expect(try await they.eva.signIn("eva").status == 303)
            _ = try await they.eva.get("/godkann")
            let count = try they.application.views.notifications.count(of: eva)
            let watches = try they.application.views.notifications.watched(by: eva).count
            #expect(count == 0 && watches == 0)
        }
    }

    @Test func `tell the author what a moderator decided, not who`() async throws {
        try await Correspondents.meet { they async throws in
            let written = try await they.site.write("Köp mina bord", by: try they.moaID)
            let answer = try await reply("Nej", to: written.thread, by: they.nilsID, they)
            let forum = they.application.forum
            for act in 0..<4 {
                they.site.time.advance(seconds: 1)
                let command = they.site.command()
                switch act {
                case 0: _ = try await forum.remove(answer, for: .abuse, by: moderator, command: command)
                case 1: _ = try await forum.reinstate(answer, by: moderator, command: command)
                case 2: _ = try await forum.closeThread(written.thread, by: moderator, command: command)
                default: _ = try await forum.erase(written.post, because: .unlawful, by: moderator, command: command)
                }
            }
            await they.site.waitForViews()
            let nils = try await they.nils.get("/aviseringar")
            #expect(nils.contains("En moderator tog bort ditt inlägg i ”En rubrik”"))
            #expect(
                nils.contains("En moderator återställde ditt inlägg")
                    && nils.contains("Skäl: kränkande eller hotfullt."))
            let moa = try await they.moa.get("/aviseringar")
            #expect(moa.contains("En moderator låste din tråd") && moa.contains("raderade ditt inlägg"))
            #expect(moa.contains("Skäl: olagligt innehåll."))
            // The notification of the removed answer is removed with it.
            #expect(!moa.contains("svarade"))
        }
    }

    @Test(.clause("P-16.3")) func `of a text go when it is erased, and everything of a member at the purge`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            let (moa, eva) = (try they.moaID, try they.evaID)
            let written = try await they.site.write("Hej", by: moa)
            _ = try await reply("@moa hej", to: written.thread, by: eva, they)
            let watch = "/trad/\(written.thread)/bevaka"
            try await they.press(they.eva, watch, at: watch, ["bevaka": "ja"])
            _ = try await reply("@eva hej", to: written.thread, by: moa, they)
            try await they.site.leave(they.eva, ["inlagg": "erase", "meddelanden": "erase"])
            #expect(try await they.application.accounts.purge(eva, ordered: .requested, by: .operator))
            await they.site.waitForViews()
            #expect(try await !they.moa.get("/aviseringar").contains("hej"))
            let rows = try they.application.views.notifications.all(of: eva, having: .none).count
            #expect(rows == 0)
            #expect(try await they.moa.get("/aviseringar").isCountHidden("notices"))
        }
    }

    @Test func `are updated live with script, until the session ends`() async throws {
        try await Correspondents.meet { they async throws in
            #expect(try await they.moa.get("/").contains("data-live=\"/aviseringar/strom\""))
            #expect(try await !they.site.browser.get("/").contains("data-live"))
            #expect(try await they.site.browser.get("/aviseringar/strom").status == 303)
            _ = try await they.begin(they.nils, to: "moa", "Hej")
            let live = LiveCounts(application: they.application, site: they.site.accounts.site, pause: .zero)
            var told = live.counts(of: try they.moaID, while: { true }).makeAsyncIterator()
            #expect(await told.nextCounts() == Unread(messages: 1, notifications: 0))
            _ = try await they.begin(they.eva, to: "moa", "Hej hej")
            #expect(await told.nextCounts() == Unread(messages: 2, notifications: 0))
            // Read in another window, which is no event.
            _ = try await they.moa.get(
                try #require(
                    they.moa.get("/meddelanden").text.firstMatch(of: /\/meddelanden\/[0-9a-z]{13}/)?.0.description))
            #expect(await told.nextCounts() == Unread(messages: 1, notifications: 0))
            let isSignedIn = Guarded(true)
            var ending = live.counts(of: try they.moaID, while: { isSignedIn.value }).makeAsyncIterator()
            #expect(await ending.nextCounts() != nil)
            isSignedIn.update { $0 = false }
            _ = try await they.begin(they.eva, to: "snickar-nisse", "Hej hej")
            #expect(await ending.nextCounts() == nil)
        }
    }
}

extension AsyncStream<LiveCounts.Told>.Iterator {
    /// The next counts, after skipping keep-alive messages.
    fileprivate mutating func nextCounts() async -> Unread? {
        while let told = await next() {
            if case .counts(let unread) = told { return unread }
        }
        return nil
    }
}

extension Application {
    fileprivate func categoryID(_ slug: String) throws -> CategoryID? {
        try views.categories.find(slug: slug)?.id
    }
}
