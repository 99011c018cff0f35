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

@Suite struct `Choosing what is seen` {
    private func answer(_ browser: Browser, _ purpose: String, _ answer: String) async throws -> Browser.Answer {
        _ = try await browser.get("/installningar")
        return try await browser.post("/installningar/samtycke", ["samtycke": purpose, "svar": answer])
    }

    @Test(.clause("P-11.2")) func `is off at first, and each switch shows what others will see`() async throws {
        try await SettingsSite.visited { site async throws in
            let page = try await site.browser().get("/installningar")
            #expect(page.contains("Moa Hallin · Uppsala"))
            #expect(page.contains("Uppsala · 37 år, man"))
            #expect(page.text.ranges(of: "kan vi inte ta tillbaka").count == 2)
            #expect(page.contains("Visa mitt namn") && page.contains("Visa min ålder och mitt kön"))
            #expect(try site.state().consents.isEmpty)
        }
    }

    @Test(.clause("P-01.1")) func `is as easy to take back as to give: one button each`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let before = site.account.head
            #expect(try await answer(browser, "visible-name", "ja").location == "/installningar?klart=visas#synlighet")
            #expect(try site.state().consents == [.visibleName])
            #expect(try await browser.get("/installningar?klart=visas").contains("Sluta visa mitt namn"))
            #expect(
                try await answer(browser, "visible-name", "nej").location == "/installningar?klart=visas-inte#synlighet"
            )
            #expect(try site.state().consents.isEmpty)
            #expect(try site.events(after: before) == ["consent-given", "consent-withdrawn"])
        }
    }

    @Test func `records the wording, which the settings show with its date`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await answer(browser, "visible-age-and-sex", "ja")
            let wording = try #require(VisibilityWording(.visibleAgeAndSex))
            #expect(try site.accounts.ownRecord(of: site.moa).consents[.visibleAgeAndSex]?.form == wording.hash)
            let page = try await browser.get("/installningar")
            #expect(page.contains("Kontrollsumma: \(wording.hash)"))
            #expect(page.contains("Jag har läst och godkänner integritetspolicyn av den 18 augusti 2019."))
            #expect(page.contains("/integritetspolicy/2019-08-18"))
        }
    }

    @Test(.clause("P-07.2")) func `the register lookup is answered here too`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await answer(browser, "register-lookup", "ja")
            #expect(try site.state().consents == [.registerLookup])
            _ = try await answer(browser, "register-lookup", "nej")
            #expect(try site.state().consents.isEmpty)
        }
    }

    @Test(.clause("P-06.1")) func `is locked for a member of an old log who is under 18, with an explanation`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            try await site.join(Applicant(email: "ung@example.se", username: "ungis", number: "199002022383"))
            try await site.setNumber(of: "ungis", to: "201005302391")
            let browser = try await site.browser(as: "ungis")
            let page = try await browser.get("/installningar")
            #expect(page.contains("Du är under 18 år"))
            #expect(!page.contains("Visa mitt namn</button>"))
            let refused = try await answer(browser, "visible-name", "ja")
            #expect(refused.status == 422 && refused.contains("när du har fyllt 18 år"))
            #expect(try site.state("ungis").consents.isEmpty)
        }
    }

    @Test(.clause("P-07.1"))
    func `ends with a protected identity, which erases the municipality and locks the switches`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await answer(browser, "visible-name", "ja")
            _ = try await answer(browser, "register-lookup", "ja")
            let page = try await browser.get("/installningar/skyddad-identitet")
            #expect(page.contains("raderas för alltid"))
            let done = try await browser.post("/installningar/skyddad-identitet", ["skydd": "protected"])
            #expect(done.location == "/installningar?klart=skyddad")
            #expect(try site.state().consents.isEmpty && site.state().municipality == nil)
            let settings = try await browser.get("/installningar")
            #expect(settings.contains("Din identitet är skyddad") && !settings.contains("Uppsala"))
            #expect(!settings.contains("Visa mitt namn</button>") && !settings.contains(">Ge samtycke<"))
            #expect(try await answer(browser, "visible-name", "ja").status == 422)
            #expect(try await browser.fill("/installningar/kommun", ["kommun": "0180"]).status == 422)
            #expect(try site.state().municipality == nil)

            _ = try await browser.get("/installningar/skyddad-identitet")
            let refused = try await browser.post("/installningar/skyddad-identitet", ["skydd": "ordinary"])
            #expect(refused.status == 422 && refused.contains("id=\"password-error\""))
            _ = try await browser.post(
                "/installningar/skyddad-identitet", ["skydd": "ordinary", "password": AccountSite.password])
            #expect(try site.state().consents.isEmpty, "nothing comes on by itself")
            #expect(try await browser.fill("/installningar/kommun", ["kommun": "0180"]).status == 303)
        }
    }

    @Test(arguments: [["samtycke": "newsletter", "svar": "ja"], ["samtycke": "visible-name"], ["svar": "ja"], [:]])
    func `only what is asked can be answered`(fields: [String: String]) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await browser.get("/installningar")
            #expect(try await browser.post("/installningar/samtycke", fields).status == 400)
            #expect(try await browser.post("/installningar/skyddad-identitet", fields).status == 400)
        }
    }
}
