import Events
import Testing
import Testkit

@testable import Forum

@Suite struct `Bounds of Markdown` {
    private static func times(_ count: Int, _ unit: String) -> String { String(repeating: unit, count: count) }

    static let hostile: [(String, MarkdownExcess)] = [
        ("www.a.b" + times(19_000, ")"), .addresses), (times(4_000, "www._"), .addresses),
        (times(1_600, "http://a.b/<"), .addresses), (times(5_000, "a@b."), .addresses),
        (times(2_400, "a&#64;b "), .addresses), (times(1_800, "xmpp:a@b.c/"), .addresses),
        (times(3_300, "![[]()"), .brackets), (times(9_000, "["), .brackets),
        (times(2_000, "a**b*c[]()"), .emphasis), (times(3_300, "*a _b "), .emphasis), (times(5_000, "~~a "), .emphasis),
        (times(9_000, "> ") + "a", .nesting), (times(9_000, "- ") + "a", .nesting),
        (times(3_000, "1. ") + times(9_000, "\n"), .nesting),
        ((0..<99).map { times($0, "  ") + "- a\n" }.joined() + times(9_000, "\n") + "a", .nesting),
        (times(2_800, "a|a\n|-\n"), .tables), (times(3_900, "a\n:-\n"), .tables),
        (times(2_000, "> a\n> |-\n"), .tables),
        ("[a]: http://" + times(9_000, "x") + "\n\n" + times(1_500, "[a] \n\n"), .references),
        ("[a]: x \"" + times(4_500, "x\n") + "\"\n\n" + times(2_000, "[a]\n\n"), .references),
        (times(9_000, "<?"), .declarations), (times(4_000, "<!A "), .declarations),
    ]

    @Test(arguments: hostile)
    func `what would keep the parser busy is refused for what there is too much of`(
        text: String, excess: MarkdownExcess
    ) {
        let problems = { () -> [PostProblem] in
            do throws(Problems<PostProblem>) {
                _ = try parse(text)
                return []
            } catch {
                return error.all
            }
        }()
        #expect(problems.contains(.tooMuch(excess)), "\(text.prefix(30))")
    }

    @Test(arguments: hostile)
    func `such a text that lies in the log is shown as it was typed, each time alike`(
        text: String, excess: MarkdownExcess
    ) {
        let body = PostBody(stored: text)
        let html = PostHTML.render(body).spelledOut
        let tags = Set(html.split(separator: "<").map { "<" + ($0.split(separator: ">").first ?? "") }.filter(isTag))
        #expect(tags.isSubset(of: ["<p", "</p", "<br"]), "\(tags)")
        #expect(html == PostHTML.render(body).spelledOut)
        #expect(html.utf8.count < 6 * text.utf8.count + 100)
    }

    private func isTag(_ text: String) -> Bool { ["<p", "</p", "<br", "<a", "<ul", "<table", "<em"].contains(text) }

    @Test func `its mentions and quotes are references as ever, and its lines stay lines`() {
        let stored =
            "a \(Placeholder.mention(0).text)\nb & <b>\n\nc " + Self.times(9_000, "[") + "\n"
            + Placeholder.quote(0).text
        let body = PostBody(
            stored: stored, mentions: [Some.anna], quotes: [Quote(post: Some.post, revision: 1, from: 0, to: 1)])
        let html = PostHTML.render(body).spelledOut
        #expect(html.hasPrefix("<p>a {mention 0}<br>\nb &amp; &lt;b&gt;</p>\n<p>c [[["))
        #expect(html.hasSuffix("{quote 0}"))
        #expect(PlainText(of: body).text { _ in "@anna" }.hasPrefix("a @anna b & <b> c [[["))
    }

    static let reasonable: [(text: String, tag: String, count: Int)] = [
        (
            (1...100).map { "- [Länk \($0)](https://www.example.se/sida/\($0)?a=1&b=2)" }.joined(separator: "\n"),
            "<a ", 100
        ),
        (
            (1...100).map { "Se https://www.example.se/en/ganska/lang/adress-\($0) (eller fråga)." }.joined(
                separator: " "),
            "<a ", 100
        ),
        ((1...100).map { "[Länk \($0)](https://www.example.se/\($0))" }.joined(), "<a ", 100),
        (
            (1...100).map { "[Länk \($0)][\($0)]" }.joined(separator: " ") + "\n\n"
                + (1...100).map { "[\($0)]: https://www.example.se/en/ganska/lang/adress/\($0)" }.joined(
                    separator: "\n"),
            "<a ", 100
        ),
        ((1...100).map { "namn\($0)@example.se" }.joined(separator: ", "), "<a ", 100),
        (
            "| År | Intäkt | Kostnad | Vinst |\n|---|--:|--:|--:|\n"
                + (1...30).map { "| \($0) | \($0) 000 | 12 000 | **\($0)** |\n" }.joined(), "<tr>", 31
        ),
        (times(20, "|a|b|\n|-|-|\n|1|2|\n\n"), "<table>", 20),
        ((0..<6).map { times($0, "  ") + "- nivå \($0)\n" }.joined(), "<ul>", 6),
        ((0..<6).map { times($0, "   ") + "1. nivå \($0)\n" }.joined(), "<ol>", 6),
        ((1...6).map { times($0, "> ") + "citat\n" }.joined(), "<blockquote>", 6),
        (times(380, "- [ ] **Att göra**: ring _kunden_, skicka *offert*\n"), "<li>", 380),
        (times(300, "Vi *måste* räkna [moms](/moms) på **allt**, eller hur (tror jag)? "), "<a ", 300),
        ("```\n" + times(290, "let my_value_\\name = array[index_of(x)]; // <!-- | --> *p++ **q\n") + "```", "<pre", 1),
        (times(480, "self.my_long_name_here = other_name [1]\n"), "<br>", 479),
        (times(150, "En rad\n---\n\n"), "<h4>", 150),
        (times(40, "- ") + "\n\nx", "<hr>", 1),
        ((1...200).map { "Rad \($0) med `kod`, <b>tagg</b> och 1 * 2 * 3 = 6" }.joined(separator: "\n"), "<code>", 200),
        (times(19_999, "x"), "<p>", 1),
    ]

    @Test(arguments: reasonable)
    func `a reasonable text is read as Markdown`(text: String, tag: String, count: Int) throws {
        let body = try parse(text)
        #expect(body.excess == nil)
        let html = PostHTML.render(body).spelledOut
        #expect(html.ranges(of: tag).count == count, "\(text.prefix(40))")
    }

    @Test func `a name is looked up once, and only so many names are`() throws {
        var lookups = 0
        func parsed(_ text: String) throws -> [PostProblem] {
            lookups = 0
            do throws(Problems<PostProblem>) {
                _ = try PostDraft.parse(
                    text,
                    resolve: {
                        lookups += 1
                        return $0 == "ann-mari" ? Some.anna : nil
                    }, source: source)
                return []
            } catch {
                return error.all
            }
        }
        #expect(try parsed(Self.times(PostDraft.mostMentionsInAll, "@ann-mari ")) == [])
        #expect(lookups == 1)
        #expect(try parsed(Self.times(2_000, "@ann-mari\n")) == [.tooManyMentionsInAll])
        #expect(lookups == 1)
        #expect(try parsed((0..<2_500).map { "@n\($0)\n" }.joined()) == [.tooManyMentions])
        #expect(lookups == NameLookups.most)
        #expect(try parsed((0..<600).map { "@n\($0)" + Self.times(25, ".") + "\n" }.joined()) == [.tooManyMentions])
        #expect(lookups == NameLookups.most)
    }

    @Test func `no more quoted posts are looked up than there may be quotes`() {
        var lookups = 0
        #expect(throws: Problems<PostProblem>.self) {
            try PostDraft.parse(
                Self.times(500, "[citat \(Some.post)]\n") + "x", resolve: { _ in nil },
                source: { _, _ in
                    lookups += 1
                    return nil
                })
        }
        #expect(lookups == PostDraft.mostQuotes)
    }
}
