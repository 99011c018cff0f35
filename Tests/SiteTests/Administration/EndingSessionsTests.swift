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

@Suite(.clause("P-12.1")) struct `An administrator who signs a member out` {
    @Test func `gives the password and a reason, which the member is mailed and the trail shows`() async throws {
        try await LeavingSite.visited { site async throws in
            let (moa, again) = (try await site.join(.moa), site.browser)
            _ = try await again.signIn("moa")
            let nils = try await site.administrator()
            let path = "/admin/medlem/\(try site.id("moa"))/logga-ut"
            #expect(try await nils.get("/admin/medlem/\(try site.id("moa"))").contains("href=\"\(path)\""))
            _ = try await nils.get(path)
            for fields in [["skal": "suspected-intrusion"], ["skal": "suspected-intrusion", "password": "fel"]] {
                let refused = try await nils.post(path, fields)
                #expect(refused.status == 422 && refused.contains("id=\"password-error\""))
            }
            let unreasoned = try await nils.post(path, ["skal": "", "password": AccountSite.password])
            #expect(unreasoned.status == 422 && unreasoned.contains("id=\"skal-error\""))
            #expect(try await moa.get("/installningar").status == 200)

            let before = site.application.log.head
            let done = try await nils.post(path, ["skal": "suspected-intrusion", "password": AccountSite.password])
            #expect(done.status == 303)
            #expect(
                try site.events(after: before) == [
                    "oversight.sessions-ended", "accounts.signed-out", "accounts.signed-out",
                ])
            let event = try #require(try site.application.log.events(after: before, limit: 1).first)
            #expect(event.actor == .member(try site.id("snickar-nisse")))
            for browser in [moa, again] { #expect(try await browser.get("/installningar").status == 303) }
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.subject == "Du är utloggad överallt")
            #expect(mail.body.contains("någon annan kan ha varit inloggad"))
            #expect(try await moa.signIn("moa").location == "/", "the password goes on")
            await site.waitForViews()
            let trail = try await nils.get("/revision/granskningslogg")
            #expect(trail.contains("Loggade ut en medlem överallt"))
        }
    }

    @Test func `does not do so to herself by that page, and nobody else does`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let nils = try await site.administrator()
            let own = "/admin/medlem/\(try site.id("snickar-nisse"))/logga-ut"
            _ = try await nils.get(own)
            let before = site.application.log.head
            let answer = try await nils.post(own, ["skal": "requested", "password": AccountSite.password])
            #expect([403, 409].contains(answer.status))
            _ = try await moa.get("/installningar")
            #expect(try await moa.post(own, ["skal": "requested", "password": AccountSite.password]).status == 403)
            #expect(try site.events(after: before) == [])
            #expect(try await nils.get("/installningar").status == 200)
        }
    }
}

@Suite struct `Giving a role` {
    @Test func `takes the administrator's password`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            let nils = try await site.administrator()
            let place = "/admin/medlem/\(try site.id("moa"))"
            _ = try await nils.get(place)
            for password in ["", "fel"] {
                let fields = ["roll": "moderator", "andring": "ge", "bekraftat": "ja", "password": password]
                let answer = try await nils.post(place, fields)
                #expect(answer.status == 422 && answer.contains("id=\"password-error\""))
                #expect(!answer.contains("value=\"fel\""))
            }
            #expect(try site.application.accounts.roles(of: site.id("moa")) == [.member])
        }
    }

    @Test func `shows who could be taken for her from then on`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            _ = try await site.join(Applicant(email: "x@example.se", username: "m0a", number: "196105273269"))
            let nils = try await site.administrator()
            let place = "/admin/medlem/\(try site.id("moa"))"
            _ = try await nils.get(place)
            let question = try await nils.post(place, ["roll": "moderator", "andring": "ge"])
            #expect(question.status == 200 && question.contains("vars namn liknar moa: m0a."))
            let other = "/admin/medlem/\(try site.id("snickar-nisse"))"
            _ = try await nils.get(other)
            let second = try await nils.post(other, ["roll": "moderator", "andring": "ge"])
            #expect(!second.contains("vars namn liknar"))
        }
    }
}
