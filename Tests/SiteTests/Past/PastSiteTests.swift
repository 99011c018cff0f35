import Accounts
import Events
import Forum
import Foundation
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

@Suite(.clause("P-16.7")) struct `The site as it was` {
    @Test func `is for administrators and auditors who sign in as they do now`() async throws {
        try await Then.visited { then, client async throws in
            let nobody = Browser(client)
            for path in ["/forum", "/medlemmar", "/medlem/\(then.eva)", "/integritetspolicy", "/sok?q=moms"] {
                #expect(try await nobody.get(path).location?.hasPrefix("/logga-in?till=") == true, "\(path)")
            }
            for (name, status) in [("astrid", 200), ("greta", 200), ("moa", 403), ("eva", 403)] {
                let browser = Browser(client)
                try await then.signIn(name, browser)
                let page = try await browser.get("/forum")
                #expect(page.status == status && page.contains(then.banner), "\(name)")
            }
        }
    }

    @Test(.clause("P-08.2")) func `opens nobody's own page as the staff does`() async throws {
        try await Then.visited { then, client async throws in
            let greta = Browser(client)
            try await then.signIn("greta", greta)
            let path = "/medlem/\(then.greta)"
            let head = then.site.head
            _ = try await greta.get("/medlem/\(then.eva)")
            for own in [try await greta.get(path), try await greta.post(path, ["skal": "audit"])] {
                #expect(own.status == 403 && own.contains("Det här gäller dig själv"))
            }
            #expect(then.site.head == head)
        }
    }

    @Test(.clause("P-12.1")) func `asks for the code of a second factor before it shows anything`() async throws {
        try await Then.visited { then, client async throws in
            let app = AuthenticatorApp(secret: TOTPSecret(Array("gretas egen hemlighet".utf8)))
            let (accounts, time) = (then.site.application.accounts, then.site.time)
            _ = try await accounts.enableTwoFactor(
                of: then.greta, with: app.secret, first: EnteredCode(app.code(at: time.now)),
                command: then.site.command())
            let browser = Browser(client)
            _ = try await browser.get("/logga-in")
            let page = try await browser.post("/logga-in", ["identifier": "greta", "password": ForumSite.password])
            #expect(page.contains(then.banner) && page.contains("Skriv koden ur din app"))
            #expect(try await browser.get("/forum").location?.hasPrefix("/logga-in") == true)
            #expect(try await browser.enter(app.code(at: time.now), after: page).status == 422, "used already")
            time.advance(seconds: 30)
            #expect(try await browser.enter(app.code(at: time.now), after: page).status == 303)
            #expect(try await browser.get("/forum").status == 200)
        }
    }

    @Test func `shows threads, titles, members and the policy of that time`() async throws {
        try await Then.visited { then, client async throws in
            let browser = Browser(client)
            try await then.signIn("greta", browser)
            let forum = try await browser.get("/forum/\(then.slug)")
            #expect(forum.contains("Rubriken som den var") && !forum.contains("Rubriken som den blev"))
            #expect(!forum.contains("En tråd som kom senare"))
            let thread = try await browser.get("/trad/\(then.thread)/rubriken-som-den-var")
            #expect(thread.contains("Texten som den var") && !thread.contains("Ett senare svar"))
            #expect(thread.contains(then.banner))
            let members = try await browser.get("/medlemmar")
            #expect(members.contains(">eva</a>") && !members.contains(">sena-sara</a>"))
            #expect(try await browser.get("/medlem/\(then.sara)").status == 404)
            #expect(try await browser.get("/integritetspolicy").contains(then.banner))
            #expect(try await browser.get("/").location == "/forum")
        }
    }

    @Test func `says on every page which time it shows, and nothing fails`() async throws {
        try await Then.visited { then, client async throws in
            let browser = Browser(client)
            try await then.signIn("astrid", browser)
            for route in SiteMap.addresses where ![.asset, .favicon, .touchIcon, .health].contains(route) {
                let path = route.pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
                    part.hasPrefix("{") || part == "**" ? "\(then.thread)" : String(part)
                }.joined(separator: "/")
                let page = try await browser.get(path)
                #expect(page.status < 500, "\(route)")
                #expect(page.location != nil || page.contains(then.banner), "\(route): \(page.status)")
            }
        }
    }

    @Test func `offers nothing to do, and leads nowhere that it does not show`() async throws {
        try await Then.visited { then, client async throws in
            for name in ["astrid", "greta"] {
                let browser = Browser(client)
                let signIn = try await browser.get("/logga-in")
                #expect(places(of: signIn).allSatisfy { $0.past != .elsewhere }, "\(places(of: signIn))")
                try await then.signIn(name, browser)
                for path in [
                    "/forum", "/forum/\(then.slug)", "/trad/\(then.thread)/rubriken-som-den-var", "/medlemmar",
                    "/sok?q=en",
                    "/medlem/\(then.eva)", "/finns-inte", "/installningar",
                ] {
                    var page = try await browser.get(path)
                    #expect(page.contains(then.banner), "\(path)")
                    for turn in ["asked why", "opened"] {
                        let forms = page.text.matches(of: /<form method="post"[^>]* action="([^"]*)"/).map {
                            String($0.1)
                        }
                        let expected = ["/logga-ut"] + (turn == "asked why" && path.hasPrefix("/medlem/") ? [path] : [])
                        #expect(Set(forms) == Set(expected), "\(name) \(path)")
                        let elsewhere = places(of: page).filter { $0.past == .elsewhere }
                        #expect(elsewhere.isEmpty, "\(name) \(path) leads to \(elsewhere)")
                        guard path.hasPrefix("/medlem/") else { break }
                        page = try await browser.post(path, ["skal": "audit"])
                    }
                }
            }
        }
    }

    /// Where a page's links lead.
    private func places(of page: Browser.Answer) -> [Address] {
        page.text.matches(of: /<a [^>]*href="(\/[^"?#]*)/).compactMap { match in
            let parts = match.1.split(separator: "/", omittingEmptySubsequences: false)
            let fitting = SiteMap.addresses.filter { route in
                let pattern = route.pattern.split(separator: "/", omittingEmptySubsequences: false)
                return pattern.count == parts.count
                    && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }
            // The one that names most of the address.
            return fitting.min { $0.pattern.count { $0 == "{" } < $1.pattern.count { $0 == "{" } }
        }
    }

    @Test func `names no version that was published later`() async throws {
        try await Then.visited { then, client async throws in
            let browser = Browser(client)
            try await then.signIn("greta", browser)
            let page = try await browser.get("/integritetspolicy")
            #expect(page.contains("18 augusti 2019") && !page.contains("1 mars 2028"))
            #expect(try await browser.get("/integritetspolicy/2019-08-18").status == 200)
            #expect(try await browser.get("/integritetspolicy/2028-03-01").status == 404)
        }
    }

    @Test func `takes no form, says so, and writes nothing`() async throws {
        try await Then.visited { then, client async throws in
            let browser = Browser(client)
            try await then.signIn("astrid", browser)
            let head = then.site.head
            _ = try await browser.get("/trad/\(then.thread)/rubriken-som-den-var")
            for path in [
                "/trad/\(then.thread)/svara", "/forum/\(then.slug)/ny", "/admin/vyer", "/installningar/losenord",
                "/avsluta-konto", "/registrera", "/trad/\(then.thread)/moderera",
            ] {
                let page = try await browser.post(path, ["text": "Hej", "atgard": "bygg-om"])
                #expect(page.contains("Det här går inte att göra här") && page.contains(then.banner), "\(path)")
            }
            #expect(then.site.head == head)
        }
    }

    @Test func `opens a member's page for a reason, which the member can see`() async throws {
        try await Then.visited { then, client async throws in
            let browser = Browser(client)
            try await then.signIn("greta", browser)
            let head = then.site.head
            let question = try await browser.get("/medlem/\(then.eva)")
            #expect(question.contains("Varför öppnar du uppgifterna?") && !question.contains("Medlem sedan"))
            #expect(try await browser.post("/medlem/\(then.eva)", [:]).status == 422)
            #expect(then.site.head == head)
            let page = try await browser.post("/medlem/\(then.eva)", ["skal": "audit"])
            #expect(page.status == 200 && page.contains("Medlem sedan") && page.contains(then.banner))
            let entry = try #require(try then.site.application.accounts.dataViews(of: then.eva).last)
            #expect(entry.viewer == .member(then.greta))
            #expect(entry.view.role == .auditor && entry.view.reason == .audit)
            #expect(entry.at == then.site.time.now)
        }
    }

    @Test func `shows nobody who is erased, not even for the moment that erasing takes`() async throws {
        try await Then.visited { then, client async throws in
            let browser = Browser(client)
            try await then.signIn("astrid", browser)
            try await then.site.erase(.owner(Owner(then.eva)))
            let meanwhile = try await browser.get("/forum")
            #expect(meanwhile.status == 503 && meanwhile.contains(then.banner))
            #expect(try then.site.application.views.forgetErased(through: then.site.head) == 2)
            let thread = try await browser.get("/trad/\(then.thread)")
            #expect(thread.status != 503)
            #expect(try await browser.get("/medlem/\(then.eva)").status == 404)
            let members = try await browser.get("/medlemmar")
            #expect(members.status == 200 && !members.contains(">eva</a>"))
        }
    }
}

/// A site in which much has changed since the moment that is shown.
private final class Then: Sendable {
    let site: ForumSite
    let (eva, greta, sara): (MemberID, MemberID, MemberID)
    let thread: ThreadID
    let slug: String
    let moment: Instant

    let banner = "Så här såg webbplatsen ut"

    private init(_ site: ForumSite) async throws {
        self.site = site
        for (name, role) in [("astrid", Role.administrator), ("moa", .moderator)] {
            try await site.member(name, as: role)
        }
        greta = try await site.member("greta", as: .auditor)
        eva = try await site.member("eva")
        let category = try await site.category("Skatt och moms")
        slug = "skatt-och-moms"
        thread = try await site.thread("Rubriken som den var", "Texten som den var", in: category, by: eva).thread
        moment = site.time.now
        site.time.advance(seconds: 86_400)
        let now = site.command()
        _ = try await site.application.forum.retitle(
            thread, ThreadTitle("Rubriken som den blev"), by: site.administrator, command: now)
        try await site.reply("Ett senare svar", to: thread, by: greta)
        try await site.thread("En tråd som kom senare", in: category, by: greta)
        sara = try await site.member("sena-sara")
        let written = try WrittenVersion(folder: PolicyStory.folder("policies", "2028-03-01"))
        try await site.application.accounts.publish(
            site.application.accounts.read(written), by: .operator, command: site.command())
    }

    static func visited(_ body: @Sendable (Then, any TestClientProtocol) async throws -> Void) async throws {
        let site = try await ForumSite()
        try await closing(with: site.application.close) {
            let then = try await Then(site)
            let files = try #require(site.application.views.past)
            let built = try await files.build(asOf: then.moment, to: nil)
            let views = try files.show(URL(fileURLWithPath: built.path))
            let shown = PastSite(
                views, of: site.application, sharing: site.site,
                at: try #require(BaseURL("http://\(PastSite.host):\(PastSite.port)")))
            try await shown.site.serving(shown.routes()) { try await body(then, $0) }
            files.stopShowing(views)
        }
    }

    func signIn(_ name: String, _ browser: Browser) async throws {
        #expect(try await browser.get("/logga-in").contains(banner))
        let answer = try await browser.post("/logga-in", ["identifier": name, "password": ForumSite.password])
        #expect(answer.status == 303, "\(name)")
    }
}
