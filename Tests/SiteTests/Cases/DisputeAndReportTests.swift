import Accounts
import Events
import Forum
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

@Suite(.clause("P-08.4")) struct `A dispute` {
    private func opened(_ site: CaseSite) async throws -> CaseID {
        let moa = try await site.browser(as: "moa")
        _ = try await moa.get("/arenden/tvist")
        let sent = try await moa.post(
            "/arenden/tvist",
            ["username": "snickar-nisse", "amne": "Ett köp", "meddelande": "Bordet kom aldrig"])
        #expect(sent.status == 303)
        return try await site.newest()
    }

    @Test func `is told to the other, both are heard, and the decision goes to both with reasons`() async throws {
        try await CaseSite.visited { site async throws in
            let id = try await opened(site)
            let told = try await site.mails()
            #expect(Set(told.map(\.to)) == ["<moa@example.se>", "<nils@example.se>"])
            let (moa, nils) = (try await site.browser(as: "moa"), try await site.browser(as: "snickar-nisse"))
            let page = try await nils.get("/arenden/\(id)")
            #expect(page.contains("Bordet kom aldrig") && page.contains("Det här är en tvist"))
            _ = try await nils.post("/arenden/\(id)", ["atgard": "skriv", "meddelande": "Det står hos grannen"])
            #expect(try await moa.get("/arenden/\(id)").contains("Det står hos grannen"))

            _ = try await site.answer(id, ["till": "other", "fraga-tillbaka": "ja"])
            #expect(try await nils.get("/arenden/\(id)").contains("Väntar på svar från dig"))
            #expect(try await nils.get("/arenden").contains("Väntar på svar från dig"))
            #expect(try await moa.get("/arenden/\(id)").contains("Väntar på svar från den andra parten"))
            _ = try await site.mails()

            let astrid = try await site.browser(as: "astrid")
            let path = "/admin/arende/\(id)"
            #expect(try await astrid.get(path).contains("Väntar på svar från parten"))
            #expect(try await astrid.post(path, ["atgard": "besluta", "beslut": "partly", "skal": "x"]).status == 422)
            _ = try await astrid.get(path)
            let decided = try await astrid.post(
                path, ["atgard": "besluta", "beslut": "partly", "regel": "Punkt 5", "skal": "Hämta bordet"])
            #expect(decided.location == "\(path)?klart=beslutat")
            let mails = try await site.mails()
            #expect(Set(mails.map(\.to)) == ["<moa@example.se>", "<nils@example.se>"])
            for mail in mails { #expect(mail.body.contains("Hämta bordet") && mail.body.contains("Punkt 5")) }
            #expect(try await nils.get("/arenden/\(id)").contains("Båda får delvis rätt"))
            // Each party may appeal once.
            _ = try await nils.get("/arenden/\(id)")
            #expect(try await nils.post("/arenden/\(id)", ["atgard": "omprova", "meddelande": "Fel"]).status == 303)
            #expect(try site.file(id).question?.party == .other)
        }
    }

    @Test(.clause("P-16.1")) func `that is open is shown when an account is closed, and does not bar it`() async throws
    {
        try await CaseSite.visited { site async throws in
            let id = try await opened(site)
            let nils = try await site.browser(as: "snickar-nisse")
            let page = try await nils.get("/avsluta-konto")
            #expect(page.contains("Tvist: Ett köp") && page.contains("/arenden/\(id)"))
            let goodbye = try await nils.post(
                "/avsluta-konto", ["inlagg": "anonymise", "password": AccountSite.password])
            #expect(goodbye.status == 200)
            _ = try await site.mails()
            // The case continues: the answer comes by mail, with a link that needs no sign-in.
            _ = try await site.answer(id, ["till": "both"])
            let mail = try #require(try await site.mails().first { $0.to == "<nils@example.se>" })
            let path = try #require(mail.link("/arende/\(id)/"))
            let visitor = try await site.browser()
            #expect(try await visitor.get(path).contains("Bordet kom aldrig"))
            #expect(try await visitor.post(path, ["atgard": "skriv", "meddelande": "Jag finns kvar"]).status == 303)
            // Other members do not learn whose account it was.
            let moa = try await site.browser(as: "moa")
            #expect(!(try await moa.get("/arenden/\(id)").contains("snickar-nisse")))
        }
    }

    @Test func `is opened from a thread or a conversation, by those who can see it`() async throws {
        try await CaseSite.visited { site async throws in
            let (moa, nils) = (try site.member("moa"), try site.member("snickar-nisse"))
            let browser = try await site.browser(as: "moa")
            let begun = try await site.application.messaging.beginConversation(
                with: [nils], reachable: [nils], MessageText("Var är bordet?"), by: moa,
                command: CommandID(at: site.time.now))
            let thread = try await site.thread(by: nils)
            try await site.catchUp()
            let reading = try await browser.get("/trad/\(thread)/hej")
            #expect(!reading.contains("/arenden/tvist"), "only where a post is reported")
            let post = try #require(reading.text.firstMatch(of: /\/anmal\?inlagg=[^"]+/)?.0)
            #expect(!(try await site.browser().get(String(post)).contains("/arenden/tvist")))
            let grounds = [
                ("/meddelanden/\(begun.conversation)", "samtal=\(begun.conversation)"),
                (String(post), "trad=\(thread)"),
            ]
            for (page, query) in grounds {
                let shown = try await browser.get(page)
                #expect(shown.contains("/arenden/tvist?\(query)"))
                #expect(try await browser.get("/arenden/tvist?\(query)").status == 200)
                let field = query.split(separator: "=").map(String.init)
                let sent = try await browser.post(
                    "/arenden/tvist",
                    [
                        field[0]: field[1], "username": "snickar-nisse", "amne": "Ett bord",
                        "meddelande": "Det kom aldrig",
                    ])
                #expect(sent.status == 303)
                let id = try await site.newest()
                guard case .dispute(with: nils, let ground) = try site.file(id).topic else {
                    Issue.record("no dispute")
                    return
                }
                #expect(ground != .other)
                #expect(try await browser.get("/arenden/\(id)").contains(ground.place))
                let staff = try await site.browser(as: "astrid").get("/admin/arende/\(id)")
                // The administration cannot open the conversation.
                #expect(staff.contains(ground.isThread ? ground.place : "Ett privat samtal"))
                site.time.advance(seconds: 60)
            }
            // A member cannot open a dispute about what she cannot see, or with a member who was never part of it.
            let astrid = try await site.browser(as: "astrid")
            #expect(try await astrid.get("/arenden/tvist?samtal=\(begun.conversation)").status == 404)
            #expect(try await browser.get("/arenden/tvist?trad=0000000000000").status == 404)
            _ = try await browser.get("/arenden/tvist")
            let other = try await browser.post(
                "/arenden/tvist",
                [
                    "samtal": "\(begun.conversation)", "username": "astrid", "amne": "X", "meddelande": "Det jag skrev",
                ])
            #expect(other.status == 422 && other.contains("inte varit med i samtalet"))
        }
    }

    @Test(arguments: ["moa", "finns-inte", ""]) func `is with another member`(username: String) async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await moa.get("/arenden/tvist")
            let answer = try await moa.post(
                "/arenden/tvist", ["username": username, "amne": "X", "meddelande": "Det jag skrev"])
            #expect(answer.status == 422 && answer.contains("Det jag skrev"))
        }
    }
}

extension DisputeGround {
    fileprivate var isThread: Bool { if case .thread = self { true } else { false } }

    fileprivate var place: String {
        switch self {
        case .thread(let id): "/trad/\(id)"
        case .conversation(let id): "/meddelanden/\(id)"
        case .other: ""
        }
    }
}

extension CaseSite {
    /// Opens a thread in a new category, created by Astrid as administrator.
    fileprivate func thread(by author: MemberID) async throws -> ThreadID {
        func command() -> CommandID {
            time.advance(seconds: 1)
            return CommandID(at: time.now)
        }
        let category = try await application.forum.createCategory(
            CategoryText.parse(name: "Handel", slug: "handel", description: "Allt"), for: .everybody,
            by: Standing(member("astrid"), as: .administrator), command: command())
        return try await application.forum.openThread(
            in: category.category, title: ThreadTitle("Hej"), body: application.draft("Jag säljer bord"),
            by: Standing(author), command: command()
        ).thread
    }
}

@Suite struct `A report of content` {
    private func post(_ site: CaseSite) async throws -> PostID {
        let astrid = Standing(try site.member("astrid"), as: .administrator)
        func command() -> CommandID {
            site.time.advance(seconds: 1)
            return CommandID(at: site.time.now)
        }
        let text = try CategoryText.parse(name: "Allmänt", slug: "allmant", description: "Allt")
        let category = try await site.application.forum.createCategory(
            text, for: .everybody, by: astrid, command: command())
        let writing = command()
        _ = try await site.application.forum.openThread(
            in: category.category, title: ThreadTitle("Hej"), body: site.application.draft("Moa bor på Storgatan 1"),
            by: Standing(try site.member("snickar-nisse")), command: writing)
        try await site.catchUp()
        return PostID(createdBy: writing)
    }

    private func report(_ site: CaseSite, _ post: PostID) async throws -> CaseID {
        let visitor = try await site.browser()
        let form = try await visitor.get("/anmal?inlagg=\(post)")
        #expect(form.contains("http://localhost/inlagg/\(post)"))
        let stamp = try #require(form.stamp)
        site.time.advance(seconds: 10)
        let sent = try await visitor.post(
            "/anmal",
            [
                "adress": "http://localhost/inlagg/\(post)", "orsak": "personal-data",
                "meddelande": "Det är min adress",
                "name": "Greta Granne", "email": "granne@example.se", "stammer": "ja", "tid": stamp,
            ])
        #expect(sent.location == "/anmal?klart=skickat")
        return try await site.newest()
    }

    @Test(.clause("P-11.3")) func `is received, decided with reasons for both, and the text is gone`() async throws {
        try await CaseSite.visited { site async throws in
            let post = try await post(site)
            let id = try await report(site, post)
            let receipt = try await site.mails()
            #expect(receipt.map(\.to) == ["<granne@example.se>"])
            #expect(receipt.first?.subject == "Vi har fått din anmälan [Ärende \(id)]")
            let astrid = try await site.browser(as: "astrid")
            #expect(try await astrid.get("/admin/ko").contains("Skäl: personuppgifter"))
            let path = "/admin/arende/\(id)"
            #expect(try await astrid.get(path).contains("/inlagg/\(post)"))
            let decided = try await astrid.post(
                path, ["atgard": "besluta", "beslut": "upheld", "regel": "Punkt 4.2", "skal": "Röjer en adress"])
            #expect(decided.status == 303)
            guard case .removed(_, .personalData) = try site.application.forum.post(post)?.post else {
                Issue.record("the text is still there")
                return
            }
            let mails = try await site.mails()
            #expect(Set(mails.map(\.to)) == ["<granne@example.se>", "<nils@example.se>"])
            for mail in mails { #expect(mail.body.contains("Röjer en adress") && mail.body.contains("ompröva")) }
            // The reporter's identity is not disclosed (DSA).
            let author = try #require(mails.first { $0.to == "<nils@example.se>" })
            #expect(!author.body.contains("granne") && !author.body.contains("Det är min adress"))
            let nils = try await site.browser(as: "snickar-nisse")
            let page = try await nils.get("/arenden/\(id)")
            #expect(page.contains("Röjer en adress") && !page.contains("Det är min adress") && !page.contains("granne"))
            // After an appeal a colleague changes the decision, and the text is restored.
            _ = try await nils.post("/arenden/\(id)", ["atgard": "omprova", "meddelande": "Den är offentlig"])
            #expect(try await astrid.get(path).status == 403)
            try await site.account.join(.greta, with: site.client)
            try await site.application.accounts.grantRole(
                .administrator, to: site.member("greta"), by: .operator, command: CommandID(at: site.time.now))
            try await site.catchUp()
            let greta = try await site.browser(as: "greta")
            _ = try await greta.get(path)
            let changed = try await greta.post(
                path, ["atgard": "besluta", "beslut": "rejected", "regel": "Punkt 4.2", "skal": "Den är offentlig"])
            #expect(changed.status == 303)
            guard case .visible = try site.application.forum.post(post)?.post else {
                Issue.record("the text did not come back")
                return
            }
        }
    }

    @Test(arguments: ["adress", "orsak", "meddelande", "name", "email", "stammer"])
    func `needs each of its answers, and keeps the others`(missing: String) async throws {
        try await CaseSite.visited { site async throws in
            let visitor = try await site.browser()
            let stamp = try #require(try await visitor.get("/anmal").stamp)
            site.time.advance(seconds: 10)
            var fields = [
                "adress": "/forum", "orsak": "spam", "meddelande": "Reklam överallt", "name": "Anna",
                "email": "a@example.se", "stammer": "ja", "tid": stamp,
            ]
            fields[missing] = nil
            let answer = try await visitor.post("/anmal", fields)
            #expect(answer.status == 422)
            #expect(missing == "meddelande" || answer.contains("Reklam överallt"))
        }
    }
}

@Suite(.clause("P-06.2")) struct `A report of a private message` {
    @Test func `becomes one case, whose reporter is told what comes of it`() async throws {
        try await CaseSite.visited { site async throws in
            let messaging = site.application.messaging
            let (moa, nils) = (try site.member("moa"), try site.member("snickar-nisse"))
            func command() -> CommandID {
                site.time.advance(seconds: 1)
                return CommandID(at: site.time.now)
            }
            let begun = try await messaging.beginConversation(
                with: [moa], reachable: [moa], MessageText("Köp mitt bord, annars"), by: nils, command: command())
            let message = try await messaging.send(
                MessageText("Jag vet var du bor"), in: begun.conversation, by: nils, reachable: { Set($0) },
                command: command()
            ).message
            _ = try await messaging.report(
                message, in: begun.conversation, for: .abuse, note: "Ett hot", by: moa, command: command())
            try await site.catchUp()
            await site.work.work()
            await site.work.work()
            let id = try await site.newest()
            #expect(try site.file(id).topic == .report(.abuse, .message(message, in: begun.conversation)))
            try await site.catchUp()
            let entries = try site.application.views.cases.open([.report])
            #expect(entries.count == 1)
            let page = try await site.browser(as: "astrid").get("/admin/arende/\(id)")
            #expect(
                page.contains("ett privat meddelande") && !page.contains("Jag vet var du bor")
                    && !page.contains("Ett hot"))
            #expect(try await site.browser(as: "moa").get("/arenden").contains("Anmälan"))
        }
    }
}
