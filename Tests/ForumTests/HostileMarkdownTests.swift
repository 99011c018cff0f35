import Events
import Testing

@testable import Forum

struct HostileMarkdownTests {
    @Test(arguments: [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.se></SCRIPT>", "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>", "<iframe src=//x.se>", "<!-- x --> <b>",
        "<![CDATA[<script>]]>", "<?php echo 1 ?>", "<!DOCTYPE html>", "<style>*{display:none}</style>",
        "<div onclick=alert(1)>\n\nx", "<scr<script>ipt>alert(1)</script>", "<textarea><script>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](  javascript:alert(1))", "<javascript:alert(1)>",
        "[x](java&#x0A;script:alert(1))", "[x](&#106;avascript:alert(1))", "[x](&#x1;javascript:alert(1))",
        "[x](vbscript:x)", "[x](file:///etc/passwd)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](//x.se)",
        "[x](/\\x.se)", "[x](\\\\x.se)", "[x](/&#9;/x.se)", "[x](?x)", "[x](#x)", "[x](x.html)",
        "[x](blob:http://x.se)",
        "![x](javascript:alert(1))", "![x](data:image/png;base64,AAAA)", "![x\" onerror=\"y](http://x.se)",
        "[x](http://x.se \"\\\" onclick=alert(1)\")", "[x](http://x.se\" onclick=\"y)",
        "[x](<http://x.se/\" onclick=\"y>)",
        "[a]: javascript:alert(1)\n[a]", "[a]: <data:x>\n\n[x][a]", "http://x.se/\"onclick=alert(1)",
        "www.x.se/<script>",
        "<http://x.se/\">", "javascript://www.x.se/%0aalert(1)", "xmpp:a@b.se/x", "a@b.se\"onclick=x",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "&NewLine;<b>", "`<script>`",
        "```<script>\n<script>\n```",
        "    <script>", "```\" onclick=\"x\nx\n```", "# <script>", "a|<script>\n-|-\n<img onerror=x>|b",
        "|\"|\n|-|\n|'|",
        "*<b>*", "[<script>](http://x.se)", "[[x](http://a.se)](http://b.se)", "[www.x.se](http://y.se)",
        "[a@b.se](http://y.se)", "> <b\n> onclick=x>", "- <b\n- c>", "\u{202E}gpj.exe", "&#x202E;", "&#0;", "&#x8;",
        "&#xD800;",
        "999999999. x", "-1. x", "1) a\n2. b", "<a\u{300}>", "a\u{FFFE}b", "[x](http://x.se/%00)",
        "[x](http://é.se/\u{2028})",
    ])
    func `nothing but our own tags gets out`(markdown: String) throws {
        #expect(HTMLInspector.faults(in: PostHTML.render(draft(markdown))) == [])
        #expect(HTMLInspector.faults(in: PostHTML.render(try parse("> - @anna \(markdown)"))) == [])
        let plain = PlainText(of: draft(markdown))
        #expect(!plain.stored.contains("\n"))
    }

    @Test(arguments: [
        ">", "> ", "- ", "1. ", "* a\n", "*a_ ", "_a ", "**a *a ", "[", "![", "[a](", "[a](b", "`a``", "<", "<!--",
        "<a ", "<?",
        "&", "|", "|a", "a|b\n-|-\n", "~~a ", "~", "www.", "http://", "a@", "a@b.", "a_b@c_", "\\", "[a]: b\n", "#",
        "\t", "- a\n ",
        "> a\n", ">>>\n", "***", "]", "[a][b]", "<![CDATA[", "&amp;", "@anna ", "@", "@{1} ", "x|", "(((( ", "[^", "👩‍👩‍👧",
        "`", "```\n",
        "a\u{301}", "[citat ", "http://a.b/)", "http://a.b/(", "\"", "**x**", "a**b", "~~~\n", "\n", "- x\n\n", "_",
        "*",
    ])
    func `twenty thousand characters of anything become HTML or are refused for what there is too much of`(unit: String)
        throws
    {
        let count = PostBody.mostCharacters / unit.unicodeScalars.count
        let text = "x " + String(repeating: unit, count: count - 2)
        guard let body = try draftOrExcess(text) else { return }
        let rendered = PostHTML.render(body)
        #expect(HTMLInspector.faults(in: rendered) == [])
        #expect(rendered.stored.utf8.count < 20 * text.utf8.count)
    }

    /// Nil when the text is refused as too much work, or for too many mentions.
    private func draftOrExcess(_ text: String) throws -> PostBody? {
        do {
            return try PostDraft.parse(text, resolve: { _ in Some.anna }, source: source)
        } catch {
            #expect(
                error.all.allSatisfy { problem in
                    switch problem {
                    case .tooMuch, .tooManyMentionsInAll: true
                    default: false
                    }
                })
            return nil
        }
    }

    @Test func `deep nesting is flattened`() throws {
        let rendered = PostHTML.render(try parse(String(repeating: ">", count: 32) + "x"))
        #expect(HTMLInspector.faults(in: rendered) == [])
        #expect(rendered.spelledOut.count(of: "<blockquote>") == 12)
        let lists = PostHTML.render(try parse(String(repeating: "- ", count: 32) + "x"))
        #expect(HTMLInspector.faults(in: lists) == [])
        #expect(lists.spelledOut.count(of: "<ul>") == 12)
        let stressed = try parse(String(repeating: "**a *b ", count: 300) + String(repeating: "c* d**", count: 300))
        #expect(HTMLInspector.faults(in: PostHTML.render(stressed)) == [])
    }

    @Test func `a table is no larger than its text would make believe`() throws {
        let wide = String(repeating: "|a", count: 2_000) + "|\n" + String(repeating: "|-", count: 2_000) + "|\n"
        let text = wide + String(repeating: "|a|\n", count: 2_000)
        let rendered = PostHTML.render(try parse(text))
        #expect(rendered.stored.utf8.count < 200_000)
        #expect(html("a|b\n-|-\n1|2").contains("<table>"))
    }

    @Test(arguments: [">", "a ", "**a** [b](http://c.se)\n\n", "- x\n", "*a_ ", "@anna "])
    func `a megabyte that lies in the log from elsewhere is shown`(unit: String) {
        let body = PostBody(stored: String(repeating: unit, count: 1_000_000 / unit.utf8.count))
        #expect(HTMLInspector.faults(in: PostHTML.render(body)) == [])
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
