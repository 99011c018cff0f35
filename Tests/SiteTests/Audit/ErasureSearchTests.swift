import Accounts
import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `An erasure that an auditor looks for` {
    private static let path = "/revision/radering"

    private func ask(_ browser: Browser, _ text: String) async throws -> Browser.Answer {
        _ = try await browser.get(Self.path)
        return try await browser.post(Self.path, ["kvitto": text])
    }

    /// Moa leaves.
    /// - Returns: her id, and the link of her receipt.
    private func leave(_ site: LeavingSite) async throws -> (id: MemberID, link: String) {
        let moa = try await site.join(.moa)
        let id = try site.id("moa")
        let goodbye = try await site.leave(moa)
        let link = try #require(goodbye.text.firstMatch(of: /\/kvitto\/[A-Za-z0-9_-]{43}/)).0
        return (id, String(link))
    }

    @Test func `is found by link, by token, by the saved proof and by id, and names nobody`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let (id, link) = try await leave(site)
            let log = site.application.log
            #expect(try await site.application.accounts.purge(id, ordered: .requested, by: .operator))
            try await ErasureWorker(application: site.application, site: site.accounts.site).work()
            await site.waitForViews()
            let token = link.replacing("/kvitto/", with: "")
            let fenced = try #require(try log.erasure(withReceipt: SecretToken(token)?.receipt ?? TextHash(of: "")))
            let completion = try #require(fenced.completion)
            let proof = try #require(try await log.proof(ofEventAt: fenced.position))
            let texts = [
                "https://exempel.se\(link)", "Läs här: https://exempel.se\(link).", token, " \(token)\n", "\(id)",
                "member:\(id)", proof.text, proof.text.replacing("\n", with: "\r\n"),
            ]
            for text in texts {
                let page = try await ask(nils, text)
                #expect(page.status == 200 && page.contains("Raderingen är klar"), "\(text)")
                for position in [fenced.position, completion.position] {
                    #expect(page.contains("href=\"/revision/handelse/\(position)\""))
                }
                #expect(page.contains("/revision/handelse/\(fenced.position)/bevis"))
                let leaf = try #require(try log.leafInput(ofEventAt: fenced.position))
                #expect(page.contains(Hex.encode(TreeHashing.leaf(leaf))))
                #expect(page.contains(completion.done.keys.fingerprint.description))
                #expect(page.contains("Loggens fil är kontrollerad") && page.contains("är omskrivet"))
                #expect(!page.contains("moa@example.se") && !page.contains("Moa"))
                #expect(page["Cache-Control"] == "private, no-store")
            }
            #expect(try await !ask(nils, link).contains("\(id)"))
            #expect(try await nils.get("/revision").contains("action=\"\(Self.path)\""))
        }
    }

    @Test(.clause("P-10.1"))
    func `that is not done answers alike, whether it is not due, deferred by a hold, or never to come`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let (id, link) = try await leave(site)
            func answers() async throws -> Set<String> {
                var answers: Set<String> = []
                for text in [link, "\(id)", "\(SecretToken.random())", "\(MemberID(rawValue: 4711))"] {
                    let page = try await ask(nils, text)
                    #expect(page.status == 200 && page.contains("inte klar än") && page.contains(text))
                    answers.insert(page.text.replacing(text, with: "").replacing(/value="[^"]*"/, with: ""))
                }
                return answers
            }
            let before = try await answers()
            #expect(before.count == 1)
            try await site.application.accounts.placeHold(
                on: id, #require(HoldReference("Polisen 1")), isSecret: true, by: .operator, command: site.command())
            try await site.time.advance(by: Period(days: 400), reminding: [id], by: site.application.accounts)
            #expect(try await site.run().done[.closedAccount] == nil)
            _ = try await nils.signIn("snickar-nisse")
            #expect(try await answers() == before)
            try await site.application.accounts.liftHold(on: id, by: .operator, command: site.command())
            #expect(try await site.run().done[.closedAccount] == 1)
            let underWay = try await ask(nils, link)
            #expect(underWay.contains("Raderingen pågår") && !underWay.contains("Raderingen är klar"))
            // The position of another event is no erasure.
            let other = try #require(try await site.application.log.proof(ofEventAt: 1))
            #expect(try await ask(nils, other.text).contains("inte klar än"))
        }
    }

    @Test func `with a text that is no receipt is refused, with what was typed`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            for text in ["Moa Namnsson", "/kvitto/kort", "c2sp.org/tlog-proof@v1\nindex x", "198002222399"] {
                let page = try await ask(nils, text)
                #expect(page.status == 422 && page.contains("varken en länk till ett kvitto"), "\(text)")
                #expect(page.contains(String(text.prefix(12))))
            }
            #expect(try await ask(nils, "").status == 422)
            let moa = try await site.join(.moa)
            #expect(try await moa.get(Self.path).status == 403)
        }
    }
}
