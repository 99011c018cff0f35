import Testing

@testable import Messaging

@Suite struct `HTML in mail` {
    @Test(
        arguments: [
            ("<p>Ett</p><p>Två</p>", "Ett\n\nTvå"), ("Ett<br>Två<br><br>Tre", "Ett\nTvå\n\nTre"),
            ("<div>Ett</div>\n  <div>Två <b>tre</b>\n fyra</div>", "Ett\nTvå tre fyra"),
            ("<ul><li>Ett<li>Två<ol><li>A</li><li>B</li></ol></ul>Tre", "- Ett\n- Två\n  1. A\n  2. B\n\nTre"),
            (
                "<table><tr><td>Moms</td><td>25&nbsp;%</td></tr><tr><td>Mat</td><td>12 %</td></tr></table>",
                "Moms\t25 %\nMat\t12 %"
            ),
            ("<a href='https://e.example/x'>Här</a>!", "Här (https://e.example/x)!"),
            (
                "<a href='https://e.example/'>e.example</a>, <a href='mailto:a@e.example'>a@e.example</a>",
                "e.example, a@e.example"
            ),
            ("<a href='javascript:alert(1)'>Här</a>", "Här"),
            (
                "<head><title>T</title><style>p { x }</style></head><body>A<script>alert('<b>')</script>B<!-- c --></body>",
                "AB"
            ),
            (
                "<!--[if mso]><p>Outlook</p><![endif]-->&aring;&auml;&#246; &lt;b&gt; 3 < 5 &amp; &hellip;",
                "åäö <b> 3 < 5 & …"
            ),
            ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
            ("<blockquote><p>Ja</p><p>Nej</p></blockquote>Svar", "> Ja\n> \n> Nej\n\nSvar"),
            ("<img src=x alt=Kvitto><p>o\u{0}k", "Kvitto\n\nok"), ("", ""), ("<b", ""),
            ("<p>a</p></div></td>b", "a\n\nb"),
        ] as [(String, String)])
    func `becomes lines of words`(html: String, text: String) {
        #expect(HTMLText.plain(html) == text)
    }

    @Test func `may name its charset itself`() {
        let html = Array("<html><head><meta charset=windows-1251></head><body>".utf8) + [0xCF, 0xF0, 0xE8]
        #expect(HTMLText.plain(html, charset: nil) == "При")
        #expect(HTMLText.plain(html, charset: "utf-8") != "При")
    }

    @Test func `of any depth and length is read within bounds`() {
        #expect(HTMLText.plain(String(repeating: "<div><blockquote>", count: 20_000) + "Hej").hasSuffix("Hej"))
        #expect(HTMLText.plain(String(repeating: "ord ", count: 200_000)).count <= MailBounds.text + 4)
        #expect(HTMLText.plain(String(repeating: "<", count: 100_000)).count <= MailBounds.text)
    }
}
