import Events
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.1")) struct `A fresh code` {
    private func fields(_ path: String, _ moa: MemberID, until day: CalendarDate) -> [String: String] {
        let password = ["password": AccountSite.password]
        return switch path {
        case "/installningar/epost": password.merging(["email": "ny@example.se"]) { $1 }
        case "/installningar/losenord": password.merging(["new-password": "åtta sura citroner"]) { $1 }
        case "/admin/medlem/\(moa)": password.merging(["roll": "moderator", "andring": "ge", "bekraftat": "ja"]) { $1 }
        case "/admin/medlem/\(moa)/bevara":
            ["gor": "foresla", "referens": "Polisen K-1", "till": day.description]
        default: password
        }
    }

    @Test func `is asked for before what a borrowed session must not do, and used up by it`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let (app, codes) = try await site.setUpTwoFactor(nils)
            _ = try await site.join(.moa)
            let moa = try site.id("moa")
            let paths = [
                "/installningar/epost", "/admin/medlem/\(moa)", "/admin/medlem/\(moa)/bevara",
                "/installningar/inloggning/koder", "/installningar/losenord",
            ]
            for path in paths {
                // Wrong codes stop counting after an hour.
                site.time.advance(seconds: 3600)
                let fields = fields(path, moa, until: site.time.now.stockholmDate)
                let shown = try await nils.get(path)
                let page = try await nils.post(path, fields)
                #expect(page.status == 422 && page.contains("Skriv koden som appen visar"), "\(path)")
                #expect(page.contains("autocomplete=\"one-time-code\""), "\(path)")
                #expect(shown.contains("name=\"kod\"") || path.hasSuffix("\(moa)"), "\(path)")
                let head = site.accounts.head
                for wrong in ["000000", app.code(at: site.time.now, -2)] {
                    let refused = try await nils.post(path, fields.merging(["kod": wrong]) { $1 })
                    #expect(refused.status == 422 && refused.contains("Koden stämmer inte"), "\(path): \(wrong)")
                }
                #expect(site.accounts.head == head, "\(path)")
                let done = try await nils.post(path, fields.merging(["kod": site.nextCode(app)]) { $1 })
                #expect(done.status == 303 || done.recoveryCodes.count == 10, "\(path): \(done.status)")
            }
            #expect(try site.application.accounts.staff().roles(of: moa) == [.moderator])
            #expect(try site.application.accounts.holdRecord(of: moa).openProposal(at: site.time.now) != nil)
            #expect(codes.count == 10)
        }
    }

    @Test func `makes new recovery codes once for one form, and a form sent again shows none that do not work`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let (app, _) = try await site.setUpTwoFactor(moa)
            let path = "/installningar/inloggning/koder"
            let command = try await moa.get(path).hidden("command")
            let fields = ["command": command, "password": AccountSite.password]
            let first = try await moa.post(path, fields.merging(["kod": site.nextCode(app)]) { $1 })
            #expect(first.recoveryCodes.count == 10)
            let second = try await moa.post(path, fields.merging(["kod": site.nextCode(app)]) { $1 })
            #expect(second.recoveryCodes.isEmpty && second.contains("Du har redan fått nya koder"))
            #expect(try second.hidden("command") != command)
            let off = "/installningar/inloggning/tva-steg/av"
            _ = try await moa.get(off)
            let code = first.recoveryCodes[2]
            #expect(try await moa.post(off, ["password": AccountSite.password, "kod": code]).status == 303)
        }
    }

    @Test func `is asked for before it is switched off, and then by nothing any more`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let (app, codes) = try await site.setUpTwoFactor(moa)
            let path = "/installningar/inloggning/tva-steg/av"
            _ = try await moa.get(path)
            let code = site.nextCode(app)
            let wrong = try await moa.post(path, ["password": "fel lösenord helt", "kod": code])
            #expect(wrong.status == 422 && !wrong.contains("value=\"\(code)\""))
            #expect(try await moa.post(path, ["password": AccountSite.password]).status == 422)
            #expect(try await moa.post(path, ["password": AccountSite.password, "kod": codes[2]]).status == 303)
            #expect(try site.application.accounts.member(site.id("moa")).active?.twoFactor == nil)
            #expect(try await site.subjects(to: "moa@example.se").contains("Tvåstegsinloggning är avstängd"))
            #expect(try await site.browser.signIn("moa").location == "/")
            #expect(try await !moa.get("/installningar/losenord").contains("name=\"kod\""))
        }
    }
}

@Suite(.clause("P-12.1")) struct `The gate of administrators` {
    /// Nils is an administrator without a second factor.
    private func site(_ body: @Sendable (LeavingSite, Browser) async throws -> Void) async throws {
        try await LeavingSite.visited(AccountSite(requiringTwoFactor: true)) { site async throws in
            try await body(site, site.administrator())
        }
    }

    private func address(of route: Address, _ id: MemberID) -> String {
        route.pattern.split(separator: "/", omittingEmptySubsequences: false).map {
            $0.hasPrefix("{") || $0 == "**" ? "\(id)" : String($0)
        }.joined(separator: "/")
    }

    @Test func `leads from every page to the setting up, and leaves the texts, her data and the way out`() async throws
    {
        let setUp = "/installningar/inloggning/tva-steg"
        try await site { site, nils async throws in
            let id = try site.id("snickar-nisse")
            // An address that takes only a form redirects to the page with the form.
            for route in SiteMap.addresses where route != .confirmTwoFactor {
                let answer = try await nils.get(address(of: route, id))
                if answer.status == 405 { continue }
                #expect((answer.location == setUp) == (route.gate == .closed), "\(route): \(answer.status)")
            }
            _ = try await nils.get(setUp)
            let head = site.accounts.head
            for route in SiteMap.addresses where route.gate == .closed {
                let path = address(of: route, id)
                let answer = try await nils.post(path, ["roll": "auditor", "andring": "ge", "bekraftat": "ja"])
                // Endpoints for programs reject forms.
                let isLed = answer.location == setUp || answer.status == 403 && answer.contains("href=\"\(setUp)\"")
                #expect(isLed || answer.status == 405, "\(route): \(answer.status)")
            }
            #expect(site.accounts.head == head)
            let page = try await nils.get(setUp)
            #expect(page.contains("/installningar/utdrag") && page.contains("/avsluta-konto"))
            for open in [
                "/integritetspolicy", "/medlemsvillkor", "/avsluta-konto", "/installningar/utdrag", "/kontakt",
            ] {
                #expect(try await nils.get(open).status == 200, "\(open)")
            }
        }
    }

    @Test func `is where signing in leads, and opens with the first code`() async throws {
        try await site { site, _ async throws in
            let browser = site.browser
            #expect(try await browser.signIn("snickar-nisse").location == "/installningar/inloggning/tva-steg")
            _ = try await site.setUpTwoFactor(browser)
            #expect(try await browser.get("/admin").status == 200)
            #expect(try await browser.get("/forum").status == 200)
        }
    }

    @Test func `is for administrators only, and open where the setting or the demo's mark says so`() async throws {
        try await site { site, _ async throws in
            let moa = try await site.join(.moa)
            for role in [Role.moderator, .auditor] {
                try await site.application.accounts.grantRole(
                    role, to: site.id("moa"), by: .operator, command: site.command())
            }
            await site.waitForViews()
            #expect(try await moa.get("/forum").status == 200)
            #expect(try await moa.get("/admin").status == 200)

            var configuration = SiteConfiguration()
            #expect(site.application.requiresTwoFactor(configuration), "on by default")
            configuration.twoFactorForAdministrators = false
            #expect(!site.application.requiresTwoFactor(configuration))
            try DemoMark.set(in: site.application.files)
            #expect(!site.application.requiresTwoFactor(SiteConfiguration()))
        }
    }
}

@Suite(.clause("P-12.1")) struct `A reset of a second factor` {
    @Test func `is proposed by one administrator and done by another, and the member hears of both`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let astrid = try await site.join(.astrid)
            try await site.application.accounts.grantRole(
                .administrator, to: site.id("astrid"), by: .operator, command: site.command())
            let moa = try await site.join(.moa)
            _ = try await site.setUpTwoFactor(moa)
            await site.waitForViews()
            let id = try site.id("moa")
            let path = "/admin/medlem/\(id)/tva-steg"
            #expect(try await nils.get("/admin/medlem/\(id)").contains(path))
            #expect(try await nils.fill(path, ["gor": "foresla", "skal": ""]).status == 422)
            #expect(try await nils.fill(path, ["gor": "godkann"]).status == 409, "nothing is proposed")
            #expect(try await nils.fill(path, ["gor": "foresla", "skal": "Visade körkortet"]).status == 303)
            #expect(
                try await site.subjects(to: "moa@example.se").last == "Din tvåstegsinloggning kan komma att återställas"
            )
            #expect(try await nils.fill(path, ["gor": "godkann"]).status == 409, "the same administrator")
            #expect(try await moa.get("/installningar/inloggning").contains("Stoppa förslaget"))
            #expect(try await moa.get("/installningar").contains("Visade körkortet"))
            #expect(try await astrid.get("/admin/tva-steg").contains(path))
            let asked = try await astrid.get(path)
            #expect(asked.contains("Visade körkortet") && asked.contains("snickar-nisse"))
            #expect(try await astrid.post(path, ["gor": "godkann"]).location == "/admin/medlem/\(id)")
            #expect(try await site.subjects(to: "moa@example.se").last == "Din tvåstegsinloggning är återställd")
            #expect(try await moa.get("/installningar").location?.hasPrefix("/logga-in") == true, "signed out")
            #expect(try await site.browser.signIn("moa").location == "/")
        }
    }

    @Test func `is stopped by the member`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            _ = try await site.setUpTwoFactor(moa)
            let path = "/admin/medlem/\(try site.id("moa"))/tva-steg"
            _ = try await nils.fill(path, ["gor": "foresla", "skal": "Ringde"])
            #expect(try await moa.fill("/installningar/inloggning", [:]).status == 303)
            #expect(try await !moa.get("/installningar/inloggning").contains("Stoppa"))
            #expect(try await nils.get(path).contains("Föreslå"))
            let own = "/admin/medlem/\(try site.id("snickar-nisse"))/tva-steg"
            #expect(try await nils.fill(own, ["gor": "foresla", "skal": "Jag själv"]).status == 403)
        }
    }
}
