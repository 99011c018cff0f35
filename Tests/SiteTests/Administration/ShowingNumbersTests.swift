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

@Suite(.clause("P-12.3"), .clause("P-16.7")) struct `A registered personal identity number` {
    private let digits = "19880917-2391"

    /// Nils administers; Moa is a member.
    private func site(
        limits: [RateLimit.Kind: RateLimit] = [:],
        _ body: @escaping @Sendable (LeavingSite, _ nils: Browser, MemberID) async throws -> Void
    ) async throws {
        try await LeavingSite.visited(limits: limits) { site async throws in
            let nils = try await site.administrator()
            _ = try await site.join(.moa)
            try await body(site, nils, try site.id("moa"))
        }
    }

    private func shows(_ answer: Browser.Answer) -> Bool {
        answer.text.contains(/(?:19)?880917.?.?.?.?.?2391/)
    }

    private func post(_ browser: Browser, _ path: String, _ fields: [String: String]) async throws -> Browser.Answer {
        _ = try await browser.get(path)
        return try await browser.post(path, fields)
    }

    @Test func `is masked on the page of a member's data`() async throws {
        try await site { site, nils, id async throws in
            let opened = try await post(nils, "/admin/medlem/\(id)/uppgifter", ["skal": "support"])
            #expect(opened.contains("Moa Hallin") && opened.contains("••••••••-••••") && !shows(opened))
            #expect(opened.contains("/admin/medlem/\(id)/personnummer"))
        }
    }

    @Test func `takes a reason of its own and the password, and is an event before it is shown`() async throws {
        try await site { site, nils, id async throws in
            let path = "/admin/medlem/\(id)/personnummer"
            let (accounts, head) = (site.application.accounts, site.accounts.head)
            for fields in [
                [:], ["skal": "identification"], ["password": AccountSite.password],
                ["skal": "support", "password": AccountSite.password],
                ["skal": "identification", "password": "fel lösenord här"],
            ] {
                let refused = try await post(nils, path, fields.merging(["anteckning": "Ärende 7"]) { $1 })
                #expect(refused.status == 422 && !shows(refused) && refused.contains("Ärende 7"), "\(fields)")
                #expect(!refused.contains(AccountSite.password))
            }
            #expect(site.accounts.head == head)
            let shown = try await post(
                nils, path,
                ["skal": "identification", "password": AccountSite.password, "anteckning": "Ärende 7"])
            #expect(shown.status == 200 && shown.contains(digits))
            #expect(shown["Cache-Control"] == "private, no-store")
            #expect(try site.events(after: head) == ["oversight.number-shown"])
            let entry = try #require(try accounts.numberViews(of: id).first)
            #expect(entry.viewer == .member(try site.id("snickar-nisse")))
            #expect(entry.shown.role == .administrator && entry.shown.reason == .identification)
            #expect(!shows(try await nils.get(path)))
        }
    }

    @Test func `that was shown is told to the member in settings, and never who saw it`() async throws {
        try await site { site, nils, id async throws in
            _ = try await post(
                nils, "/admin/medlem/\(id)/personnummer",
                ["skal": "duplicate", "password": AccountSite.password, "anteckning": "Ärende 7"])
            let moa = site.browser
            #expect(try await moa.signIn("moa").status == 303)
            let settings = try await moa.get("/installningar")
            #expect(settings.contains("Visade ditt personnummer: Skilja två konton åt"))
            #expect(settings.contains("Ärende 7") && !settings.contains("snickar-nisse"))
            await site.waitForViews()
            let trail = try await nils.get("/revision/granskningslogg")
            #expect(trail.contains("Visade en medlems personnummer") && !shows(trail))
        }
    }

    @Test func `takes the second factor of an administrator who has one`() async throws {
        try await site { site, nils, id async throws in
            let (app, _) = try await site.setUpTwoFactor(nils)
            let path = "/admin/medlem/\(id)/personnummer"
            let proof = ["skal": "identification", "password": AccountSite.password]
            let refused = try await post(nils, path, proof)
            #expect(refused.status == 422 && refused.contains("id=\"kod-error\"") && !shows(refused))
            let code = site.nextCode(app)
            #expect(try await post(nils, path, proof.merging(["kod": code]) { $1 }).contains(digits))
            #expect(!shows(try await post(nils, path, proof.merging(["kod": code]) { $1 })))
        }
    }

    @Test func `is not guessed at: wrong passwords are held back as at every sign-in`() async throws {
        try await site(limits: [.signIn: RateLimit(8, per: .hour)]) { site, nils, id async throws in
            let path = "/admin/medlem/\(id)/personnummer"
            var statuses: [Int] = []
            for _ in 1...12 {
                statuses.append(
                    try await post(nils, path, ["skal": "identification", "password": "fel lösenord här"]).status)
            }
            #expect(statuses.last == 429)
        }
    }

    @Test func `of a form that is sent again is recorded again`() async throws {
        try await site { site, nils, id async throws in
            let path = "/admin/medlem/\(id)/personnummer"
            _ = try await nils.get(path)
            for _ in 1...2 {
                _ = try await nils.post(path, ["skal": "identification", "password": AccountSite.password])
                site.time.advance(seconds: 1)
            }
            #expect(try site.application.accounts.numberViews(of: id).count == 2)
        }
    }

    @Test func `is for administrators, and for others than oneself`() async throws {
        try await site { site, nils, id async throws in
            let accounts = site.application.accounts
            let greta = try await site.join(.greta)
            for role in [Role.moderator, .auditor] {
                try await accounts.grantRole(
                    role, to: site.id("greta"), by: .operator, command: CommandID(named: "\(role)", at: site.time.now))
            }
            await site.waitForViews()
            let proof = ["skal": "identification", "password": AccountSite.password]
            #expect(try await post(greta, "/admin/medlem/\(id)/personnummer", proof).status == 403)
            let own = try site.id("snickar-nisse")
            #expect(try await post(nils, "/admin/medlem/\(own)/personnummer", proof).status == 403)
            #expect(try accounts.numberViews(of: id).isEmpty && accounts.numberViews(of: own).isEmpty)
        }
    }

    @Test func `of a closed account is not shown from the moment it should be erased`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.leave(moa)
            let path = "/admin/medlem/\(id)/personnummer"
            let proof = ["skal": "identification", "password": AccountSite.password]
            #expect(try await post(nils, path, proof).contains(digits))
            site.time.advance(by: try #require(Period("P1Y")))
            #expect(try await nils.signIn("snickar-nisse").status == 303)
            #expect(!shows(try await post(nils, path, proof)))
        }
    }

    @Test func `that was searched for is not sent back with a mistake`() async throws {
        try await site { site, nils, _ async throws in
            for fields in [["sok": "19750612-9241", "skal": "support"], ["sok": "19880917-2391"]] {
                let answer = try await post(nils, "/admin/medlemmar/sok", fields)
                #expect(answer.status == 422 && !answer.contains("9241") && !shows(answer))
            }
        }
    }
}
