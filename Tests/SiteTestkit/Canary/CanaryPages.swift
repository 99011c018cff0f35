import Accounts
import Events
import HummingbirdTesting
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The pages that could show something about her.
enum CanaryPages {
    /// The pages that show who wrote, who is quoted and who is mentioned.
    static func naming(_ life: CanaryLife) -> [String] {
        ["/trad/\(life.written.thread)", "/trad/\(life.written.othersThread)", "/forum/allmant"]
    }

    static func ofEverybody(_ life: CanaryLife) -> [String] {
        naming(life) + [
            "/", "/forum", "/sok?q=kanarie", "/sok?q=Gulvinge", "/medlemmar", "/feed.atom", "/forum/allmant/feed.atom",
            "/sitemap.xml", "/information", "/nyhetsbrev", "/inlagg/\(life.written.opening)",
            "/inlagg/\(life.written.opening)/historik",
            "/inlagg/\(life.written.quoted)/historik", "/medlem/\(life.member)",
            "/meddelanden", "/meddelanden/\(life.written.conversation)", "/meddelanden?q=fr%C3%B6na", "/aviseringar",
        ]
    }

    static func ofTheStaff(_ life: CanaryLife) -> [String] {
        [
            "/admin", "/admin/medlemmar", "/admin/medlemmar/avslutade", "/admin/omprovningar", "/admin/rattelser",
            "/admin/registreringar", "/admin/arenden", "/admin/arenden?visa=avslutade", "/admin/ko",
            "/admin/anmalda-meddelanden", "/admin/besok", "/admin/gallring",
            "/admin/mejl", "/admin/nyhetsbrev",
            "/revision/granskningslogg",
            "/revision/bevaranden", "/admin/medlem/\(life.member)",
        ]
    }
}

extension Browser {
    /// The page at `path`, or the one it redirects to.
    func following(_ path: String) async throws -> Answer {
        let answer = try await get(path)
        guard let location = answer.location, (300..<400).contains(answer.status) else { return answer }
        return try await get(String(location.prefix { $0 != "#" }))
    }
}

extension CanarySite {
    /// Expects that no page shows anything about the member to any reader.
    func expectForgotten(_ life: CanaryLife) async throws {
        try await browsing { client in
            let (visitor, bo, astrid) = (Browser(client), Browser(client), Browser(client))
            for (browser, username) in [(bo, "bo-annan"), (astrid, "astrid")] {
                #expect(try await browser.signIn(username, CanaryMember.password).location == "/")
            }
            for browser in [visitor, bo, astrid] {
                for page in CanaryPages.ofEverybody(life) { try await expectNothing(of: life, at: page, browser) }
                #expect(try await browser.get("/medlem/\(life.member)").status != 200)
            }
            for page in CanaryPages.ofTheStaff(life) { try await expectNothing(of: life, at: page, astrid) }
            // A thread whose texts are all erased shows no author at all.
            for page in CanaryPages.naming(life).dropFirst(life.texts == .erase ? 1 : 0) {
                #expect(try await bo.following(page).contains("Tidigare medlem"), "\(page)")
            }
            let thread = try await bo.following("/trad/\(life.written.thread)")
            let quotes = try await bo.following("/trad/\(life.written.othersThread)")
            #expect(thread.contains(CanaryMember.plain) == (life.texts == .anonymise))
            #expect(quotes.contains(CanaryMember.plain) == (life.texts == .anonymise))
            #expect(quotes.contains("Tack, ") && quotes.contains("Citatet är borttaget"))
            let conversation = try await bo.get("/meddelanden/\(life.written.conversation)")
            #expect(conversation.contains("Tidigare medlem") && conversation.contains("Meddelandet är raderat"))
            #expect(conversation.contains(CanaryMember.plainMessage) == (life.texts == .anonymise))
            let receipt = try await visitor.get(life.receipt)
            #expect(receipt.contains("Kvitto på radering"))
            #expect(try await visitor.signIn(CanaryMember.username, CanaryMember.password).status == 422)
        }
    }

    private func expectNothing(of life: CanaryLife, at page: String, _ browser: Browser) async throws {
        let answer = try await browser.following(page)
        #expect(answer.status < 500, "\(page)")
        #expect(life.search.findings(in: answer.text, named: page) == [])
        // A page requested by the member's id may repeat that id.
        guard !page.contains("\(life.member)") else { return }
        #expect(!answer.contains("\(life.member)"), "\(page)")
    }
}
