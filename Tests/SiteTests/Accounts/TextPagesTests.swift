import Accounts
import Events
import Forum
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

extension AccountSite {
    /// Publishes a version of the policy with the first version's text modified by `change`.
    func publishPolicy(_ version: String, _ change: (String) -> String) async throws {
        let first = try PolicyDocument.first()
        let document = try PolicyDocument(
            text: change(first.text.markdown), rules: first.rules.json.replacing("2019-08-18", with: version))
        try await application.accounts.publish(document, by: .operator, command: CommandID(at: time.now))
    }
}

@Suite(.clause("P-01.2")) struct TextPagesTests {
    @Test func `the policy is shown with its clauses, its controller and its hash`() async throws {
        try await AccountSite.visited { site, client async throws in
            let page = try await Browser(client).get("/integritetspolicy")
            #expect(page.status == 200)
            #expect(page.contains("<h3 id=\"P-11.1\"><a class=\"clause\" href=\"#P-11.1\">P-11.1</a>"))
            #expect(page.contains("Exempelbolaget Handelsbod"))
            #expect(page.contains("<a href=\"mailto:info@example.org\""))
            #expect(!page.contains("{{"))
            #expect(page.contains(try PolicyDocument.first().hash.description))
            #expect(page.contains("Gäller sedan den 18 augusti 2019"))
            #expect(page.text.ranges(of: "<h1>").count == 1)
            #expect(try await Browser(client).get("/medlemsvillkor").contains("id=\"T-02.1\""))
        }
    }

    @Test(.clause("P-10.2")) func `what others do for the site is said in public`() async throws {
        try await AccountSite.visited { site, client async throws in
            let page = try await Browser(client).get("/om")
            #expect(page.status == 200 && page.contains("driften av servern") && page.contains("utskicken av mejl"))
        }
    }

    @Test(.clause("P-00.1")) func `a later version is announced at once and takes effect on its day`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.publishPolicy("2026-04-01") { $0.replacing("90 dagar", with: "60 dagar") }
            let browser = Browser(client)
            let now = try await browser.get("/integritetspolicy")
            #expect(now.contains("En ny version börjar gälla den 1 april 2026"))
            #expect(now.contains("raderas efter 90 dagar"))
            #expect(try await browser.get("/integritetspolicy/2026-04-01").contains("börjar gälla den 1 april 2026"))
            #expect(try await browser.get("/information").contains("Börjar gälla den 1 april 2026"))

            site.time.advance(seconds: 22 * 86_400)
            #expect(try await browser.get("/integritetspolicy").contains("raderas efter 60 dagar"))
            let old = try await browser.get("/integritetspolicy/2019-08-18")
            #expect(old.contains("gällde från den 18 augusti 2019 till den 1 april 2026"))
        }
    }

    @Test func `two versions are compared word by word`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.publishPolicy("2026-04-01") {
                $0.replacing("raderas efter 90 dagar", with: "raderas efter 60 dagar")
                    + "\n### P-19.1 Nytt\n\nEtt nytt stycke.\n"
            }
            let browser = Browser(client)
            let page = try await browser.get("/integritetspolicy/andringar?fran=2019-08-18&till=2026-04-01")
            #expect(page.contains("<del><span class=\"visually-hidden\">borttaget: </span>90</del>"))
            #expect(page.contains("<ins><span class=\"visually-hidden\">tillagt: </span>60</ins>"))
            #expect(page.contains("<ins><span class=\"visually-hidden\">tillagt: </span>Ett nytt stycke.</ins>"))
            #expect(!page.contains("Andras webbplatser"))
            #expect(try await browser.get("/integritetspolicy/andringar").contains("60</ins>"))
            #expect(try await browser.get("/medlemsvillkor/andringar").contains("Det finns bara en version"))
            let same = try await browser.get("/integritetspolicy/andringar?fran=2019-08-18&till=2019-08-18")
            #expect(same.contains("Texterna är lika"))
            #expect(try await browser.get("/integritetspolicy/andringar?fran=2019-08-19").status == 404)
            #expect(try await browser.get("/integritetspolicy/2019-8-18").status == 404)
        }
    }

    @Test func `markup in a published text is text`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.publishPolicy("2026-03-10") {
                $0
                    + "\n<script>alert(1)</script>\n\n[lura](javascript:alert(1)) <img src=x onerror=alert(1)> [ut](//example.com)\n"
            }
            let page = try await Browser(client).get("/integritetspolicy")
            #expect(page.contains("&lt;script&gt;alert(1)"))
            #expect(!page.contains("<script>alert"))
            #expect(!page.contains("javascript:"))
            #expect(!page.contains("<img"))
            #expect(!page.contains("href=\"//"))
        }
    }

    @Test func `every page about the site is finished`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            for (path, words) in [
                ("/", "Mötesplatsen för dig"), ("/om", site.temporary.verifierKey.description), ("/kakor", "<table>"),
                ("/tillganglighet", "WCAG 2.2"), ("/kontakt", "mailto:info@example.org"),
                ("/information", "Integritetspolicy"),
            ] {
                let page = try await browser.get(path)
                #expect(page.status == 200)
                #expect(page.contains(words.replacing("+", with: "+")), "\(path)")
                #expect(!page.contains("{{"), "\(path)")
                #expect(page.text.ranges(of: "<h1>").count == 1, "\(path)")
            }
        }
    }
}

struct StartPageTests {
    @Test func `visitors are asked to join and see open threads only, members see theirs too`() async throws {
        try await AccountSite.visited { site, client in
            try await site.join(.moa, with: client)
            try await site.open("Öppen tråd", for: .everybody)
            try await site.open("Intern tråd", for: .members)
            let browser = Browser(client)
            let visited = try await browser.get("/")
            #expect(visited.contains("href=\"/registrera\""))
            #expect(visited.contains(">Öppen tråd</a>"))
            #expect(!visited.contains("Intern"))
            _ = try await browser.signIn("moa")
            let own = try await browser.get("/")
            #expect(own.contains(">Öppen tråd</a>"))
            #expect(own.contains(">Intern tråd</a>"))
            #expect(!own.contains("href=\"/registrera\""))
        }
    }
}

extension AccountSite {
    fileprivate func open(_ title: String, for audience: Audience) async throws {
        let administrator = Standing(MemberID(rawValue: 99), as: .administrator)
        let category = try await application.forum.createCategory(
            CategoryText.parse(name: "Om \(title)"), for: audience, by: administrator, command: CommandID(at: time.now))
        _ = try await application.forum.openThread(
            in: category.category, title: ThreadTitle(title), body: application.draft("Hej"),
            by: Standing(MemberID(rawValue: 98)), command: CommandID(at: time.now))
        _ = await application.views.waitUntil(position: application.log.head)
    }
}

struct ArticleTests {
    @Test func `what is Markdown in a configured name stays a name`() {
        var controller = Controller()
        controller.name = "Å*b*t & <Co> [x](y)"
        let values = ArticleValues(siteName: "S", controller: controller)
        let article = Article("# T\n\n**{{controller.name}}** {{okänd}}", filling: values)
        #expect(
            article.blocks == [.paragraph([.strong([.text("Å*b*t & <Co> [x](y)")]), .text(" {{okänd}}")])])
    }

    @Test func `lists, tables and links are read`() {
        let article = Article("# T\n\n1. ett\n2. [två](/kontakt#a)\n\n| a | b |\n|---|---|\n| 1 | `2` |\n")
        let link = ArticleLink("/kontakt#a")
        #expect(
            article.blocks == [
                .list(
                    start: 1,
                    [[.line([.text("ett")])], [.line([.link(link ?? .within(""), [.text("två")])])]]),
                .table(head: [[.text("a")], [.text("b")]], rows: [[[.text("1")], [.code("2")]]]),
            ])
    }

    @Test func `a comparison loses nothing and invents nothing`() {
        let old = Article("# T\n\n## A\n\nett två tre\n\nbort\n\n- x\n- y\n")
        let new = Article("# T\n\n## A\n\nett fyra tre\n\n- x\n- z ny\n\n## B\n\nsist\n")
        let passages = TextComparison(from: old, to: new).passages
        #expect(passages.map(\.heading) == ["A", "B"])
        #expect(passages.first?.paragraphs.first == [.kept("ett"), .removed("två"), .added("fyra"), .kept("tre")])
        let pieces = passages.flatMap(\.paragraphs).joined()
        #expect(pieces.contains(.removed("bort")))
        #expect(pieces.contains(.removed("y")))
        #expect(pieces.contains(.added("z ny")))
        #expect(pieces.contains(.added("sist")))
    }
}
