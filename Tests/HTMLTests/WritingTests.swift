import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Writing pages` {
    private func written(_ body: (inout HTMLWriter) -> Void) -> String {
        var html = HTMLWriter(now: .testStart, formToken: "token")
        body(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\"><img src=x onerror=alert(1)>", "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"),
        ("' autofocus onfocus='x", "&#39; autofocus onfocus=&#39;x"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("</textarea><b>", "&lt;/textarea&gt;&lt;b&gt;"),
        ("Åsa & Örjan", "Åsa &amp; Örjan"),
        ("", ""), ("<", "&lt;"), ("a<", "a&lt;"), ("🐚<🐚", "🐚&lt;🐚"),
    ])
    func `text never becomes markup`(typed: String, expected: String) {
        #expect(written { $0.text(typed) } == expected)
        #expect(written { $0.p(typed) } == "<p>\(expected)</p>")
        #expect(written { $0.element(.span, .title(typed)) { _ in } } == "<span title=\"\(expected)\"></span>")
        #expect(written { $0.hidden("f", typed) } == "<input type=\"hidden\" name=\"f\" value=\"\(expected)\">")
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "/forum", "", "https://a b",
        "https://a\"b", "vbscript:x",
    ])
    func `a link out of the site is an address of the web or of mail`(text: String) {
        #expect(ExternalLink(text) == nil)
    }

    @Test func `a link out of the site tells the other side nothing`() throws {
        let link = try #require(ExternalLink("https://example.org/?a=1&b=2"))
        #expect(
            written { $0.link("Där", to: link) }
                == "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow noopener noreferrer\">Där</a>")
    }

    @Test func `a form carries the visitor's token and a command of its own`() {
        let text = written { $0.form(post: .contact) { $0.submit("Skicka") } }
        #expect(
            text.hasPrefix(
                "<form method=\"post\" action=\"/kontakt\"><input type=\"hidden\" name=\"csrf\" value=\"token\">"))
        #expect(text.contains("<input type=\"hidden\" name=\"command\" value=\""))
        #expect(!written { $0.form(get: .search()) { _ in } }.contains("csrf"))
    }

    @Test func `a mistake stands in the summary and at its field, and what was typed is kept`() {
        var form = Form(received: ["rubrik": ["  <b>Moms</b>"]])
        form.note("Skriv en rubrik utan taggar", at: "rubrik")
        let text = written { html in
            html.form(post: .contact, form) { $0.field("rubrik", "Rubrik", in: form, hint: "Högst 120 tecken.") }
        }
        #expect(
            text.contains("<h2 id=\"errors\">En sak behöver rättas</h2><ul><li><a href=\"#rubrik\">Skriv en rubrik"))
        #expect(text.contains("<p class=\"error\" id=\"rubrik-error\">Skriv en rubrik utan taggar</p>"))
        #expect(text.contains("aria-describedby=\"rubrik-hint rubrik-error\" aria-invalid=\"true\""))
        #expect(text.contains("value=\"  &lt;b&gt;Moms&lt;/b&gt;\""))
    }

    @Test func `a password is never written back`() {
        let text = written { $0.field("losenord", "Lösenord", in: Form(["losenord": "hemligt"]), .password) }
        #expect(!text.contains("hemligt"))
    }

    @Test func `a text that begins with an empty line keeps it`() {
        let text = written { $0.textarea("text", "Text", in: Form(["text": "\nrad"])) }
        #expect(text.contains(">\n\nrad</textarea>"))
    }

    @Test func `an avatar has the same tint wherever the member appears`() {
        let avatar = Avatar(of: KitSite.karin, named: "kakel_karin")
        #expect(avatar.initials == "KK")
        #expect((1...8).contains(avatar.tint))
        #expect(avatar.tint == Avatar(of: KitSite.karin, named: "annat").tint)
        #expect(Avatar(of: nil, named: "Tidigare medlem").tint == 0)
        #expect(Avatar.initials(of: "Anna-Lisa Ek") == "AE")
        #expect(Avatar.initials(of: "åsa") == "Å")
        #expect(Avatar.initials(of: "…") == "?")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1\u{A0}000"), (2_000_000, "2\u{A0}000\u{A0}000"), (-12_345, "−12\u{A0}345"),
    ])
    func `numbers have groups of three`(number: Int, text: String) {
        #expect(SwedishNumber.grouped(number) == text)
    }

    @Test(arguments: [
        (0, "inga trådar"), (1, "en tråd"), (2, "två trådar"), (12, "tolv trådar"), (13, "13\u{A0}trådar"),
        (1300, "1\u{A0}300\u{A0}trådar"),
    ])
    func `running text has small numbers in words, and tables have figures`(number: Int, text: String) {
        #expect(SwedishNumber.spelled(number, "en tråd", "trådar") == text)
        #expect(SwedishNumber.counted(2, "tråd", "trådar") == "2\u{A0}trådar")
    }

    @Test func `sizes and shares are rounded but never to nothing or all`() {
        #expect(SwedishNumber.bytes(262_144) == "262\u{A0}kB")
        #expect(SwedishNumber.bytes(1_440_000) == "1,4\u{A0}MB")
        #expect(SwedishNumber.bytes(12) == "12\u{A0}byte")
        #expect(SwedishNumber.percent(1, of: 1000) == "1\u{A0}%")
        #expect(SwedishNumber.percent(999, of: 1000) == "99\u{A0}%")
        #expect(SwedishNumber.percent(1000, of: 1000) == "100\u{A0}%")
    }
}

@Suite struct `Leafing through a list` {
    @Test(
        arguments: [
            (1, 1, [1]), (1, 3, [1, 2, 3]), (1, 9, [1, 2, 3, nil, 9]), (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (6, 21, [1, nil, 4, 5, 6, 7, 8, nil, 21]), (21, 21, [1, nil, 19, 20, 21]), (4, 6, [1, 2, 3, 4, 5, 6]),
        ] as [(Int, Int, [Int?])])
    func `the pager shows the ends and the neighbours`(page: Int, pages: Int, numbers: [Int?]) {
        #expect(Paging(page: page, count: pages * 20, size: 20).numbers == numbers)
    }

    @Test func `an empty list has one page, and no other exists`() {
        #expect(Paging(page: 1, count: 0, size: 20).exists)
        #expect(!Paging(page: 2, count: 20, size: 20).exists)
        #expect(Paging(page: 2, count: 21, size: 20).exists)
        #expect(!Paging(page: 0, count: 21, size: 20).exists)
    }

    @Test func `neighbours are linked with their relation, and the first page has one address`() {
        var html = HTMLWriter(now: .testStart)
        html.pager(Paging(page: 2, count: 60, size: 20)) { .category("skatt", page: $0) }
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(text.contains("<a href=\"/forum/skatt\" rel=\"prev\">Föregående</a>"))
        #expect(text.contains("<a href=\"/forum/skatt?sida=2\" aria-current=\"page\">2</a>"))
        #expect(text.contains("<a href=\"/forum/skatt?sida=3\" rel=\"next\">Nästa</a>"))
    }
}
