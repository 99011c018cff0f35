import Events
import Testing
import Testkit

@testable import Forum

struct RenderingTests {
    @Test(arguments: [
        ("Hej\ndu", "<p>Hej<br>\ndu</p>\n"),
        ("**a** *b* ~~c~~ `d<e` ~f~", "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d&lt;e</code> ~f~</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("```swift\na < b\n```", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n"),
        ("# A\n## B\n### C\n#### D\n###### E", "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n<h6>D</h6>\n<h6>E</h6>\n"),
        ("---", "<hr>\n"),
        (
            "a|b\n-|-:\n1|2",
            "<table>\n<thead>\n<tr><th>a</th><th class=\"right\">b</th></tr>\n</thead>\n<tbody>\n"
                + "<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table>\n"
        ),
        ("5 < 6 & \"x\"", "<p>5 &lt; 6 &amp; &quot;x&quot;</p>\n"),
    ])
    func `Markdown becomes plain HTML`(markdown: String, expected: String) {
        #expect(html(markdown) == expected)
    }

    @Test(
        .clause("P-02.1"),
        arguments: ["https://x.se/å?a=b&c", "[x](https://x.se/%C3%A5?a=b&c)", "<https://x.se/å?a=b&c>"])
    func `a link elsewhere is marked as such`(markdown: String) {
        let link = "<a href=\"https://x.se/%C3%A5?a=b&amp;c\" rel=\"ugc nofollow noopener noreferrer\">"
        #expect(html(markdown).hasPrefix("<p>" + link))
    }

    @Test func `a link on the site is a plain link`() {
        #expect(html("[tråden](/trad/0abc/x)") == "<p><a href=\"/trad/0abc/x\">tråden</a></p>\n")
    }

    @Test(.clause("P-02.1")) func `an image becomes a link with its text`() {
        let rel = "rel=\"ugc nofollow noopener noreferrer\""
        #expect(html("![katt](http://x.se/k.png)") == "<p><a href=\"http://x.se/k.png\" \(rel)>katt</a></p>\n")
        #expect(html("![](http://x.se/k.png)") == "<p><a href=\"http://x.se/k.png\" \(rel)>http://x.se/k.png</a></p>\n")
        #expect(
            html("[![katt](http://x.se/k.png)](http://y.se)") == "<p><a href=\"http://y.se\" \(rel)>katt</a></p>\n")
    }

    @Test func `raw HTML is shown as it was typed`() {
        #expect(html("<b>a</b>") == "<p>&lt;b&gt;a&lt;/b&gt;</p>\n")
        #expect(html("<div>\n</div>") == "<p>&lt;div&gt;\n&lt;/div&gt;\n</p>\n")
    }

    @Test(.clause("P-16.2")) func `mentions and quotes are gaps for the page to fill`() {
        let markdown = "Först @bo.b\n[citat \(Some.post)]\n> och *@anna*\n\n[citat \(Some.post)]\n@bo.b"
        #expect(
            html(markdown) == """
                <p>Först {mention 0}</p>
                {quote 0}<blockquote>
                <p>och <em>{mention 1}</em></p>
                </blockquote>
                {quote 1}<p>{mention 0}</p>

                """)
    }

    @Test func `views keep it as one string`() {
        let rendered = PostHTML.render(draft("@anna & [citat]\n[citat \(Some.post)]"))
        #expect(RenderedBody(keptInView: rendered.stored).segments == rendered.segments)
        #expect(PostHTML.render(draft("**x**")).segments.count == 1)
    }

    @Test func `plain text has the words and nothing else`() {
        let body = draft("# Hej\n\n@anna **du**,\n- se `x` & [y](http://z.se)\n[citat \(Some.post)]\nSlut.")
        let plain = PlainText(of: body)
        #expect(plain.text { "@\($0)" } == "Hej @0 du, se x & y Slut.")
        #expect(plain.words == "Hej  du, se x & y Slut.")
        #expect(PlainText(keptInView: plain.stored) == plain)
    }

    @Test func `an excerpt is cut between words`() {
        let plain = PlainText(of: draft("Ett två tre"))
        #expect(plain.excerpt(20).words == "Ett två tre")
        #expect(plain.excerpt(11).words == "Ett två tre")
        #expect(plain.excerpt(10).words == "Ett två…")
        #expect(plain.excerpt(7).words == "Ett två…")
        #expect(plain.excerpt(2).words == "Et…")
        #expect(PlainText(of: draft("@anna hej")).excerpt(2).words == "…")
    }

    @Test func `a quoted piece is whole characters and whole mentions, without quotes in it`() {
        let source = draft("[citat \(Some.post)]\nÅh @anna, **ja**")
        func piece(_ from: Int, _ to: Int) -> String { QuoteText.render(source, from: from, to: to).spelledOut }
        #expect(piece(0, source.length) == "<p>Åh {mention 0}, <strong>ja</strong></p>\n")
        #expect(piece(-5, 1_000_000) == piece(0, source.length))
        #expect(piece(9, 10) == "")
        #expect(piece(8, 10) == "<p>Å</p>\n")
        #expect(piece(9, 11) == "<p>h</p>\n")
        for from in 0...source.length {
            for to in from...source.length {
                let rendered = QuoteText.render(source, from: from, to: to)
                #expect(HTMLInspector.faults(in: rendered) == [])
                #expect(!rendered.stored.contains("\u{FFFD}"))
            }
        }
        #expect(piece(30, 10) == "")
    }

    @Test func `two texts read at the same time do not disturb each other`() async {
        let bodies = ["~~a~~ www.x.se a|b", "a|b\n-|-\n~~c~~|d", "plain ~ text", "http://x.se ~~b~~"].map { draft($0) }
        let expected = bodies.map { PostHTML.render($0) }
        await withTaskGroup(of: Bool.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    (0..<500).allSatisfy { round in
                        let index = (worker + round) % bodies.count
                        return PostHTML.render(bodies[index]) == expected[index]
                    }
                }
            }
            for await same in group { #expect(same) }
        }
    }
}
