import Accounts
import Events
import Messaging
import Testing

@testable import HTML
@testable import Processes
@testable import Projections
@testable import Site
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-18.1")) struct `A visitor's report` {
    private func send(_ site: CaseSite, _ fields: [String: String]) async throws -> Browser.Answer {
        let visitor = try await site.browser()
        let stamp = try #require(try await visitor.get("/anmal").stamp)
        site.time.advance(seconds: 10)
        let common = ["adress": "/forum", "meddelande": "Det får inte finnas här", "stammer": "ja", "tid": stamp]
        return try await visitor.post("/anmal", common.merging(fields) { $1 })
    }

    /// DSA Art. 16.2 c.
    @Test func `needs a name and an address, unless it is about sexual abuse of children`() async throws {
        try await CaseSite.visited { site async throws in
            for reason in ReportReason.allCases where reason != .childAbuse {
                let refused = try await send(site, ["orsak": reason.rawValue])
                #expect(refused.status == 422 && refused.contains("Skriv ditt namn."), "\(reason)")
                #expect(refused.contains("Skriv en e-postadress som vi kan svara till"), "\(reason)")
            }
            #expect(try await send(site, ["orsak": "child-abuse"]).location == "/anmal?klart=skickat")
            let file = try await site.file(site.newest())
            #expect(file.topic == .report(.childAbuse, .page) && file.contact == nil && file.opener == nil)
            try await site.catchUp()
            #expect(try await site.mails().isEmpty)
        }
    }

    @Test func `of such abuse may have an address, which then gets receipt and decision`() async throws {
        try await CaseSite.visited { site async throws in
            let halfNamed = try await send(site, ["orsak": "child-abuse", "name": "Greta Granne"])
            #expect(halfNamed.status == 422 && halfNamed.contains("eller ta bort namnet"))
            let sent = try await send(site, ["orsak": "child-abuse", "email": "granne@example.se"])
            #expect(sent.status == 303)
            #expect(try await site.mails().map(\.to) == ["<granne@example.se>"])
        }
    }

    @Test func `without an address is decided by staff who are told that nobody gets the answer`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await send(site, ["orsak": "child-abuse"])
            let (id, astrid) = (try await site.newest(), try await site.browser(as: "astrid"))
            let path = "/admin/arende/\(id)"
            let page = try await astrid.get(path)
            #expect(page.contains("sexuella övergrepp mot barn") && page.contains("Ett svar når ingen"))
            #expect(page.contains("Anmälan är anonym"))
            let decided = try await astrid.post(
                path, ["atgard": "besluta", "beslut": "upheld", "regel": "Lagen", "skal": "Anmält till polisen"])
            #expect(decided.status == 303)
            #expect(try site.file(id).decision?.outcome == .upheld)
            #expect(try await site.mails().isEmpty)
        }
    }
}
