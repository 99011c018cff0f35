import Events
import Testing
import Testkit

@testable import Forum

@Suite struct `A post of which nothing can be seen` {
    @Test(
        arguments: [
            "&#8203;&shy;&nbsp;", "&#x2800;", "&#xFEFF;", "<!-- hemligt -->", "[](x)", "![]()", "****", "> ", "- \n- ",
            "```\n```", "# ", "\u{200B}", "| |\n|-|\n| |", "**&zwj;**", "[&#8203;](https://a.example)",
        ])
    func `is empty`(text: String) {
        #expect(throws: Problems([PostProblem.empty])) {
            try PostDraft.parse(text, resolve: { _ in nil }, source: { _, _ in nil })
        }
    }

    @Test(
        arguments: [
            "a", "![](https://a.example/bild.png)", "<b>", "`kod`", "👩‍👩‍👧", "- x", "&amp;", "[](/forum)", "<!-- a --> b",
        ])
    func `is none when something can be`(text: String) throws {
        _ = try PostDraft.parse(text, resolve: { _ in nil }, source: { _, _ in nil })
    }
}

@Suite struct `A link in a post` {
    @Test(
        arguments: [
            "”https://e.example/a”", "“https://e.example/a”", "»https://e.example/a«", "«https://e.example/a»",
            "»https://e.example/a»", "https://e.example/a…", "‹https://e.example/a›", "„https://e.example/a“",
            "’https://e.example/a’", "「https://e.example/a」", "https://e.example/a。", "https://e.example/a，",
            "(https://e.example/a)", "https://e.example/a?!", "”https://e.example/a”.", "(”https://e.example/a”)",
        ])
    func `ends where the sentence goes on`(text: String) throws {
        let body = try PostDraft.parse(text, resolve: { _ in nil }, source: { _, _ in nil })
        let html = PostHTML.render(body).stored
        #expect(html.contains("<a href=\"https://e.example/a\""), "\(html)")
        #expect(html.contains(">https://e.example/a</a>"), "\(html)")
        let shown = html.replacing(/<[^>]*>/, with: "").replacing("\n", with: "")
        #expect(shown == text, "nothing is lost")
    }

    @Test(
        arguments: [
            ("https://e.example/a_(b)", "https://e.example/a_(b)"),
            ("https://e.example/L’Oréal", "L%E2%80%99Or%C3%A9al"),
            ("www.e.example”", "http://www.e.example\""), ("https://e.example/1914–1918", "1914%E2%80%931918"),
        ])
    func `keeps what belongs to it`(text: String, address: String) throws {
        let body = try PostDraft.parse(text, resolve: { _ in nil }, source: { _, _ in nil })
        #expect(PostHTML.render(body).stored.contains(address))
    }
}
