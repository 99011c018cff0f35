import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.6")) struct `Registering again` {
    /// Registers with another person's data, up to the page behind the mailed link, and returns what is shown.
    private func signUp(_ applicant: Applicant, _ site: LeavingSite) async throws -> (
        answer: String, confirmed: String, mail: CaughtMail.Mail
    ) {
        let browser = site.browser
        let answer = try await browser.register(applicant)
        let mail = try await site.mail(to: applicant.fields["email"] ?? "")
        let link = try #require(mail.link("/bekrafta/"))
        try site.accounts.mail.empty()
        _ = try await browser.get(link)
        return (answer.withoutTokens, try await browser.post(link, [:]).withoutTokens, mail)
    }

    private let stranger = Applicant(email: "frammande@example.org", username: "frammande")

    @Test func `the number of a closed account reveals nothing, and its owner gets the restore link`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            let closed = try await signUp(stranger, site)
            #expect(!closed.mail.body.contains("/aterskapa"))
            #expect(closed.confirmed.contains("Välkommen som medlem"))
            let told = try await site.mail(to: "moa@example.se")
            #expect(told.subject == "Någon har registrerat sig med ditt personnummer")
            #expect(told.link("/aterskapa/") != nil)
        }
    }

    @Test func `the visitor sees the same whether or not the number is taken`() async throws {
        var seen: [String] = []
        for leaves in [false, true] {
            let shown = Guarded("")
            try await LeavingSite.visited { site async throws in
                let moa = try await site.join(.moa)
                if leaves { try await site.leave(moa) }
                let signed = try await signUp(stranger, site)
                shown.update { $0 = signed.answer + signed.confirmed + signed.mail.subject }
            }
            seen.append(shown.value)
        }
        #expect(seen[0] == seen[1])
    }

    @Test func `somebody closed for breach is told that there is no new account, without a restore link`() async throws
    {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            try await site.application.accounts.closeForBreach(
                site.id("moa"), #require(StatementOfReasons(rule: "T-04", facts: "Annonser")), erasing: [],
                by: .operator, command: site.command())
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            let signed = try await signUp(stranger, site)
            #expect(signed.confirmed.contains("Välkommen som medlem"))
            let told = try await site.mail(to: "moa@example.se")
            #expect(told.body.contains("har stängts av oss"))
            #expect(told.link("/aterskapa/") == nil)
        }
    }

    @Test func `a deactivated holder of the number is told until when`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            try await site.application.accounts.deactivate(
                site.id("moa"), until: site.time.now.adding(#require(Period("P10D"))),
                #require(StatementOfReasons(rule: "T-04", facts: "Annonser")), by: .operator, command: site.command())
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            _ = try await signUp(stranger, site)
            #expect(try await site.mail(to: "moa@example.se").body.contains("avstängt till den 20 mars 2026"))
        }
    }

    @Test func `the address of a closed account is mailed the restore link, and the page tells nothing`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            let browser = site.browser
            let taken = try await browser.register(.nils.with("email", "moa@example.se"))
            let free = try await site.browser.register(.nils.with("email", "ny@example.se"))
            #expect(taken.withoutTokens == free.withoutTokens)
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.subject == "Bekräfta din e-postadress")
            let link = try #require(mail.link("/aterskapa/"))
            #expect(try await site.browser.get(link).contains("Återskapa kontot moa"))
        }
    }

    @Test func `the username of a closed account is taken like any other`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            let answer = try await site.browser.register(.nils.with("username", "moa"))
            #expect(answer.contains("Användarnamnet är upptaget"))
        }
    }
}
