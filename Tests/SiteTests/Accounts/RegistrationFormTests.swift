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

struct RegistrationFormTests {
    /// Posts the form and expects it back with this message, with nothing stored and no password shown.
    private func expectRefusal(
        of applicant: Applicant, saying message: String, _ location: SourceLocation = #_sourceLocation
    ) async throws {
        try await AccountSite.visited { site, client async throws in
            let head = site.head
            let page = try await Browser(client).register(applicant)
            #expect(page.status == 422, sourceLocation: location)
            #expect(page.contains("<title>Fel: Bli medlem"), sourceLocation: location)
            #expect(page.contains(message), sourceLocation: location)
            #expect(!page.contains(AccountSite.password), sourceLocation: location)
            #expect(site.head == head, sourceLocation: location)
            #expect(try await site.mails().isEmpty, sourceLocation: location)
        }
    }

    @Test(.clause("P-15.2")) func `the question about the newsletter must be answered`() async throws {
        try await expectRefusal(
            of: .moa.with("newsletter", nil), saying: "Svara ja eller nej på frågan om nyhetsbrevet")
        try await expectRefusal(of: .moa.with("newsletter", "kanske"), saying: "Svara ja eller nej")
    }

    @Test(.clause("P-01.1")) func `policy and terms are two boxes, and both must be ticked`() async throws {
        try await expectRefusal(of: .moa.with("policy", nil), saying: "Kryssa i att du godkänner integritetspolicyn")
        try await expectRefusal(of: .moa.with("terms", nil), saying: "Kryssa i att du godkänner medlemsvillkoren")
    }

    @Test(.clause("P-06.1")) func `nobody under eighteen, and anybody from the birthday on`() async throws {
        let young = Applicant(number: "201005302391")
        try await expectRefusal(of: young, saying: "Du måste ha fyllt 18 år")
        try await AccountSite.visited { site, client async throws in
            site.time.advance(seconds: 811 * 86_400)
            #expect(try await Browser(client).register(young).status == 422)
            site.time.advance(seconds: 86_400)
            #expect(try await Browser(client).register(young).status == 200)
        }
    }

    @Test func `a coordination number is as good as any`() async throws {
        try await AccountSite.visited { _, client async throws in
            #expect(try await Browser(client).register(Applicant(number: "701063-2391")).status == 200)
        }
    }

    @Test func `every mistake is named at its field, and what was typed stays`() async throws {
        let hostile = "\"><script>alert(1)</script>"
        let applicant = Applicant(email: "moa@", username: hostile, number: "19880917-2392")
            .with("name", "<b>Moa\r\nBcc: x@example.se</b>").with("kommun", "9999").with("password", "kort")
        try await AccountSite.visited { site, client async throws in
            let head = site.head
            let page = try await Browser(client).register(applicant)
            #expect(page.contains("6 saker behöver rättas"))
            for field in ["email", "name", "username", "personnummer", "kommun", "password"] {
                #expect(page.contains("id=\"\(field)-error\""))
                #expect(page.contains("href=\"#\(field)\""))
            }
            #expect(page.contains("value=\"&quot;&gt;&lt;script&gt;"))
            #expect(!page.contains("<script>alert"))
            #expect(!page.contains("value=\"kort\""))
            #expect(site.head == head)
        }
    }

    @Test func `boxes and choices are unticked at first and kept after a mistake`() async throws {
        try await AccountSite.visited { _, client async throws in
            let browser = Browser(client)
            #expect(!(try await browser.get("/registrera").text.contains(" checked")))
            let page = try await browser.register(.moa.with("email", "").with("newsletter", "yes"))
            #expect(page.text.ranges(of: " checked").count == 3)
            #expect(page.contains("value=\"0380\" selected"))
        }
    }

    @Test(.clause("P-01.1")) func `an acceptance is recorded with the hash of the words that were shown`() async throws
    {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            let page = try await browser.get("/registrera").text
            let version = try #require(CalendarDate("2019-08-18"))
            let wording = ConsentWording(policy: version, terms: version)
            for words in [
                wording.policy.before, wording.policy.link, wording.policy.after, wording.terms.link,
                wording.registerLookup, wording.registerLookupHint, wording.newsletter, wording.newsletterHint,
                wording.newsletterYes, wording.newsletterNo,
            ] { #expect(page.contains(words)) }
            _ = try await browser.post("/registrera", Applicant.moa.fields)
            let forms = try site.accountEvents().compactMap { event -> TextHash? in
                guard case .member(.consent(let answer)) = event else { return nil }
                return switch answer {
                case .policyAccepted(let acceptance), .termsAccepted(let acceptance): acceptance.form
                case .newsletterAnswered(let answer): answer.form
                case .given, .withdrawn, .mailChoiceSet: nil
                }
            }
            #expect(forms == [wording.hash, wording.hash, wording.hash])
        }
    }

    @Test(.clause("P-07.2")) func `nothing is looked up in the register without a separate tick`() async throws {
        try await AccountSite.visited { site, client async throws in
            _ = try await Browser(client).register(.moa)
            #expect(try !site.eventNames().contains("accounts.consent-given"))
            _ = try await Browser(client).register(.nils.with("register-lookup", "ja"))
            #expect(try site.eventNames().filter { $0 == "accounts.consent-given" }.count == 1)
        }
    }

    @Test(.clause("P-01.1")) func `a text that changed in between is asked about again`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.get("/registrera")
            try await site.publishPolicy("2026-03-11") { $0 }
            site.time.advance(seconds: 86_400)
            let page = try await browser.post("/registrera", Applicant.moa.fields)
            #expect(page.status == 422)
            #expect(page.contains("Texterna har ändrats"))
            #expect(page.contains("value=\"2026-03-11\""))
            #expect(!page.contains("name=\"policy\" id=\"policy\" value=\"ja\" checked"))
            #expect(try !site.eventNames().contains("accounts.signed-up"))
        }
    }

    @Test func `a form without its token is refused with a page, and nothing is kept`() async throws {
        try await AccountSite.visited { site, client async throws in
            let head = site.head
            for path in [
                "/registrera", "/logga-in", "/glomt-losenord", "/logga-ut", "/bekrafta/\(SecretToken.random())",
            ] {
                let page = try await Browser(client).post(path, Applicant.moa.fields)
                #expect(page.status == 403)
                #expect(page.contains("Formuläret har blivit för gammalt"))
            }
            #expect(site.head == head)
        }
    }
}
