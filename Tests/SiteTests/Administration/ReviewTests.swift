import Accounts
import Events
import HTTPTypes
import Hummingbird
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

@Suite(.clause("P-16.6")) struct `Reviewing sign-ups of an older log` {
    /// Two members, one of them a moderator, and an applicant with the other's number.
    private func review(
        _ body: @Sendable (AccountSite, _ applicant: MemberID, _ moderator: MemberID, Browser) async throws -> Void
    ) async throws {
        let site = try await AccountSite()
        var routes = Routes()
        try AccountController(application: site.application, runtime: site.site.runtime).add(to: &routes)
        AdministrationController(application: site.application, rebuild: ViewsRebuild(site.application.views)).add(
            to: &routes)
        try await closing(with: site.application.close) {
            try await site.site.serving(routes) { client in
                try await site.join(.moa, with: client)
                try await site.join(.nils, with: client)
                let nils = try #require(try site.application.accounts.find(Username("snickar-nisse")))
                try await site.application.accounts.grantRole(
                    .moderator, to: nils, by: .operator, command: CommandID(at: site.time.now))
                let double = Applicant(email: "dubbel@example.se", username: "dubbel")
                let browser = Browser(client)
                _ = try await browser.register(double)
                let applicant = try await site.application.awaitReviewOfLastSignUp(
                    CommandID(at: site.time.now), at: site.time.now)
                _ = try await site.mails()
                try site.mail.empty()
                _ = await site.application.views.waitUntil(position: site.head)
                let moderator = Browser(client)
                _ = try await moderator.signIn("snickar-nisse")
                try await body(site, applicant, nils, moderator)
            }
        }
    }

    @Test func `who waits is listed without a name, and whose number it is shows nowhere`() async throws {
        try await review { site, applicant, _, browser async throws in
            #expect(try await browser.get("/admin").contains("ett konto att granska"))
            let list = try await browser.get("/admin/registreringar")
            #expect(list.contains("/admin/registrering/\(applicant)") && !list.contains("dubbel"))
            let page = try await browser.get("/admin/registrering/\(applicant)")
            #expect(page.contains("Hör till en annan medlem") && !page.contains("dubbel"))
            #expect(!page.contains("value=\"approve\""))
            for answer in [list, page] {
                #expect(!answer.text.contains(/\bmoa\b|moa@example.se|2391/))
            }
        }
    }

    @Test(.clause("P-16.7")) func `the details are opened by an administrator only, which is noted first`() async throws
    {
        try await review { site, applicant, nils, browser async throws in
            let path = "/admin/registrering/\(applicant)"
            #expect(!(try await browser.get(path)).contains("Visa uppgifterna"))
            var head = site.head
            #expect(try await browser.post(path, ["action": "open"]).status == 403)
            #expect(site.head == head)
            try await site.application.accounts.grantRole(
                .administrator, to: nils, by: .operator, command: CommandID(at: site.time.now))
            _ = await site.application.views.waitUntil(position: site.head)
            head = site.head
            #expect(try await browser.get(path).contains("Visa uppgifterna"))
            #expect(site.head == head)
            let opened = try await browser.post(path, ["action": "open"])
            for value in ["dubbel@example.se", "••••••••-••••"] { #expect(opened.contains(value)) }
            #expect(!opened.text.contains(/\bmoa\b|moa@example.se|2391/))
            #expect(try site.eventNames(after: head) == ["oversight.data-viewed"])
            let view = try #require(try site.application.accounts.dataViews(of: applicant).last)
            #expect(view.viewer == .member(nils) && view.view.role == .administrator && view.view.reason == .review)
        }
    }

    @Test func `turning one down needs a reason, and tells it to nobody`() async throws {
        try await review { site, applicant, _, browser async throws in
            let path = "/admin/registrering/\(applicant)"
            _ = try await browser.get(path)
            #expect(try await browser.post(path, ["action": "reject"]).status == 422)
            let head = site.head
            let answer = try await browser.post(path, ["action": "reject", "skal": "number-not-proved"])
            #expect(answer.location == "/admin/registreringar")
            #expect(try site.eventNames(after: head) == ["accounts.review-rejected"])
            let mail = try #require(try await site.mails().last)
            #expect(mail.to == "<dubbel@example.se>" && mail.body.contains("kunde inte godkänna"))
            #expect(!mail.body.contains("personnumret är") && !mail.body.contains("annan medlem"))
            #expect(try await browser.get("/admin/registreringar").contains("Inga sådana konton"))
            #expect(try await browser.get(path).status == 404)
        }
    }

    @Test func `approving one whose number is free by then makes a member, who is told`() async throws {
        try await review { site, applicant, _, browser async throws in
            let path = "/admin/registrering/\(applicant)"
            _ = try await browser.get(path)
            #expect(try await browser.post(path, ["action": "approve"]).status == 409)
            let holder = try #require(try site.application.accounts.holderOfNumber(of: applicant))
            let number = try #require(
                try site.application.accounts.member(holder).account?.identity.value.value?.number)
            _ = try await site.application.log.append(
                Append(
                    command: CommandID(at: site.time.now), actor: .system, time: site.time.now, streams: [],
                    claims: [.release(number.claim, Owner(holder))]))
            #expect(try await browser.get(path).contains("value=\"approve\""))
            #expect(try await browser.post(path, ["action": "approve"]).location == "/admin/registreringar")
            let mail = try #require(try await site.mails().last)
            #expect(mail.to == "<dubbel@example.se>" && mail.subject == "Ditt konto är klart")
            _ = try await browser.get("/logga-ut")
            _ = try await browser.post("/logga-ut", [:])
            #expect(try await browser.signIn("dubbel").location == "/")
        }
    }

    @Test func `is for moderators and administrators only`() async throws {
        try await review { site, applicant, moderator, browser async throws in
            try await site.application.accounts.revokeRole(
                .moderator, from: moderator, by: .operator, command: CommandID(at: site.time.now))
            _ = await site.application.views.waitUntil(position: site.head)
            _ = try await browser.get("/logga-ut")
            let head = site.head
            for path in ["/admin/registreringar", "/admin/registrering/\(applicant)"] {
                #expect(try await browser.get(path).status == 403)
            }
            for action in ["open", "approve", "reject"] {
                let answer = try await browser.post(
                    "/admin/registrering/\(applicant)", ["action": action, "skal": "withdrawn"])
                #expect(answer.status == 403)
            }
            #expect(site.head == head)
        }
    }
}
