import Events
import Forum
import Foundation
import Projections
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Auditing the log` {
    @Test func `the trail tells who did what under which policy, the newest first`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/granskningslogg")
            #expect(page.status == 200)
            #expect(page.text.contains("<td>Gav en roll</td>") && !page.text.contains("accounts.role-granted.v1"))
            #expect(page.text.contains("Driften") && page.text.contains("/integritetspolicy/2019-08-18"))
            let first = try #require(page.text.range(of: "/revision/handelse/"))
            #expect(page.text[first.upperBound...].hasPrefix("\(site.application.log.head)\""))
        }
        await site.close()
    }

    @Test func `the trail is narrowed to kinds of events, who, clause, stream and days`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.greta) { browser async throws in
            let actor = try await browser.get("/revision/granskningslogg?vem=operator")
            #expect(
                actor.text.contains("<td>Gav en roll</td>") && !actor.text.contains("<td>Anmälde sig som medlem</td>"))
            let clause = try await browser.get("/revision/granskningslogg?klausul=P-00.1")
            #expect(clause.text.ranges(of: "href=\"/revision/handelse/").count == 4)
            let stream = try await browser.get("/revision/granskningslogg?strom=staff")
            #expect(stream.text.ranges(of: "href=\"/revision/handelse/").count == 3)
            #expect(try await browser.get("/revision/granskningslogg?klausul=P-99.9").status == 422)
            #expect(try await browser.get("/revision/granskningslogg?vem=kungen").status == 422)
            let kind = try await browser.get("/revision/granskningslogg?typ=accounts.role-granted")
            #expect(kind.text.ranges(of: "/revision/handelse/").count == 3)
            let day = site.time.now.stockholmDate
            let days = try await browser.get("/revision/granskningslogg?fran=\(day)&till=\(day)")
            #expect(days.text.contains("/revision/handelse/"))
            let before = try await browser.get("/revision/granskningslogg?till=2019-01-01")
            #expect(before.text.contains("Inga händelser"))
            #expect(try await browser.get("/revision/granskningslogg?medlem=ingen").status == 422)
            #expect(try await browser.get("/revision/granskningslogg?fran=igår").status == 422)
        }
        await site.close()
    }

    @Test func `older events are reached by position`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/granskningslogg?fore=5")
            #expect(page.text.ranges(of: "/revision/handelse/").count == 4)
            #expect(page.text.contains("Nyaste") && !page.text.contains("Äldre"))
        }
        await site.close()
    }

    @Test func `an event is shown with its proof, and nothing of what is sealed`() async throws {
        let site = try await StaffedSite()
        let log = site.application.log
        let signUp = try #require(
            try log.events(after: 0, limit: 100).first { $0.type.name == "accounts.signed-up" })
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/handelse/\(signUp.position)")
            #expect(page.text.contains("Förseglade; visas inte här") && !page.text.contains("Namnsson"))
            let input = try #require(try log.leafInput(ofEventAt: signUp.position))
            #expect(page.text.contains(Hex.encode(TreeHashing.leaf(input))))
            let download = try await browser.get("/revision/handelse/\(signUp.position)/bevis")
            let proof = try EventProof(text: download.text)
            #expect(proof.proves(leafInput: input) && log.verifierKey.verify(proof.checkpoint) == .valid)
            #expect(download["Content-Disposition"]?.contains("handelse-\(signUp.position).tlog-proof") == true)
            for path in ["0", "01", "x", "\(log.head + 1)", "\(log.head + 1)/bevis"] {
                #expect(try await browser.get("/revision/handelse/\(path)").status == 404)
            }
        }
        await site.close()
    }

    @Test(.clause("P-16.2")) func `former members cannot be told apart`() async throws {
        let site = try await StaffedSite()
        let (application, eva) = (site.application, site.eva)
        try await application.accounts.grantRole(
            .auditor, to: eva, by: .operator, command: CommandID(at: site.time.now))
        let granted = application.log.head
        _ = try await application.log.erase(
            ErasureRequest(fence: .random(), .owner(Owner(eva))), command: CommandID(at: site.time.now), by: .system,
            at: site.time.now)
        _ = await application.views.waitUntil(position: application.log.head)
        try await site.browsing(as: site.greta) { browser async throws in
            for position in 1...application.log.head {
                let event = try await browser.get("/revision/handelse/\(position)")
                #expect(event.status == 200 && !event.text.contains(eva.description))
            }
            let trail = try await browser.get("/revision/granskningslogg")
            #expect(!trail.text.contains(eva.description))
            let event = try await browser.get("/revision/handelse/\(granted)")
            #expect(event.text.contains("&quot;role&quot;:&quot;auditor&quot;"))
        }
        await site.close()
    }

    @Test func `the checkpoint is signed by the site's key and covers the log`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: nil) { browser async throws in
            let answer = try await browser.get("/checkpoint")
            #expect(answer["Content-Type"] == "text/plain; charset=utf-8")
            let note = try SignedCheckpoint(note: answer.text)
            #expect(site.temporary.verifierKey.verify(note) == .valid)
            #expect(note.checkpoint.size == site.application.log.head)
            #expect(try await browser.get("/checkpoint").text == answer.text)
        }
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/kontrollpunkter")
            #expect(page.text.contains(site.temporary.verifierKey.description.replacing("+", with: "+")))
            #expect(try await browser.get("/revision").status == 200)
        }
        await site.close()
    }

    @Test func `tiles are served to anybody, and only those that there are`() async throws {
        let site = try await StaffedSite()
        let head = site.application.log.head
        try await site.browsing(as: nil) { browser async throws in
            let partial = try await browser.get("/tile/0/000.p/\(head)")
            #expect(partial.status == 200 && partial["Cache-Control"] == "public, max-age=60")
            #expect(partial["Content-Length"] == String(32 * head))
            for path in ["0/000", "0/000.p/\(head + 1)", "0/0", "1/000.p/1", "x", "0/000.p/0", "0/001/000", "64/000"] {
                #expect(try await browser.get("/tile/\(path)").status == 404, "\(path)")
            }
        }
        await site.close()
    }

    @Test func `every kind of event has words`() {
        #expect(Set(EventWords.all.map(\.name)) == Set(EventTag.all.map(\.name)))
        for name in EventTag.all.map(\.name) { #expect(EventWords.sentence(for: "\(name).v9") != "\(name).v9") }
        #expect(EventWords.sentence(for: "unknown.thing.v2") == "unknown.thing.v2")
    }
}
