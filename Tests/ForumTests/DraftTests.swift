import Events
import Testing
import Testkit

@testable import Forum

struct DraftTests {
    @Test(.clause("P-16.2")) func `a mention becomes a reference without the name`() throws {
        let body = try parse("Hej @anna, @BO.B och @Anna. Inte @okänd, a@anna.se, http://x.se/@anna eller \\@anna.")
        #expect(body.mentions == [Some.anna, Some.bo] || body.mentions == [Some.anna])
        let none = try parse("Inte @okänd, a@anna.se, http://x.se/@anna eller \\@anna.")
        #expect(none.mentions == [])
    }

    @Test(arguments: [
        "`@anna`", "```\n@anna\n```", "    @anna", "[@anna](http://x.se)", "[x](@anna)", "<b title=\"@anna\">",
        "~~~ @anna\nx\n~~~", "![@anna](http://x.se)", "www.x.se/?q=@anna", "[a]: @anna\n\n[a]", "x@anna", "@@anna",
        "@anna@mastodon.example", "npm i @anna/paket", "@anna.@b",
        "&#64;anna", "`` ` @anna ``",
    ])
    func `in code, addresses and links there are no mentions`(text: String) throws {
        let body = try parse("x\n\n" + text)
        #expect(body.mentions == [])
        #expect(body.stored == "x\n\n" + text)
    }

    @Test(arguments: [
        "@anna", "**@anna**", "> @anna", "- @anna", "(@anna)", "# @anna", "@anna!", "a|b\n-|-\n@anna|c", "_@anna_",
        "\u{201C}@anna\u{201D}", "@anna...", "@anna_",
    ])
    func `everywhere else there are`(text: String) throws {
        #expect(try parse(text).mentions == [Some.anna])
    }

    @Test func `what ends a sentence is no part of a name, unless only such a name is there`() throws {
        let text = "Fråga till @hamid. Eller?"
        let both = try PostDraft.parse(
            text, revising: nil, resolve: { ["hamid": Some.anna, "hamid.": Some.bo][$0] }, source: source)
        #expect(both.mentions == [Some.anna])
        let old = try PostDraft.parse(text, revising: nil, resolve: { ["hamid.": Some.bo][$0] }, source: source)
        #expect(old.mentions == [Some.bo])
    }

    @Test func `a quote is a separate line`() throws {
        let body = try parse("[citat \(Some.post)]\nJa!\n\n[citat \(Some.post) r1 10-20]  \nNej.")
        #expect(
            body.quotes == [
                Quote(post: Some.post, revision: 2, from: 0, to: 200),
                Quote(post: Some.post, revision: 1, from: 10, to: 20),
            ])
        #expect(try parse("Se [citat \(Some.post)] där").quotes == [])
        #expect(try parse("```\n[citat \(Some.post)]\n```").quotes == [])
        #expect(try parse("[citat nånting]\nx").quotes == [])
    }

    @Test func `a quote must be of something there is`() {
        let missing = PostID(rawValue: 99)
        #expect(throws: Problems<PostProblem>([.noSuchQuotedPost(missing)])) { try parse("[citat \(missing)]\nx") }
        for place in ["r3 0-10", "r1 0-101", "r1 10-10", "r1 20-10", "r0 0-1"] {
            #expect(throws: Problems<PostProblem>([.noSuchPlace(Some.post)])) {
                try parse("[citat \(Some.post) \(place)]\nx")
            }
        }
    }

    @Test(arguments: [
        "\u{200B}", "\u{200D}\u{2060}", "\u{00AD}", "\u{3164}", "\u{2800}", " \u{200C}\n\u{180E} ", "\u{E0020}\u{FE0F}",
    ])
    func `what nobody can see is no text and no title`(text: String) throws {
        #expect(throws: Problems<PostProblem>([.empty])) { try parse(text) }
        #expect(throws: Problems<PostProblem>([.empty])) { try parse("[citat \(Some.post)]\n\(text)") }
        #expect(throws: ThreadTitle.Problem.tooShort) { try ThreadTitle(String(repeating: text, count: 5)) }
        // Inside a text they are meaningful: they join emoji.
        #expect(try parse("Hej 👩\u{200D}🌾").stored == "Hej 👩\u{200D}🌾")
    }

    @Test func `all problems are told at once`() {
        let missing = PostID(rawValue: 99)
        let quotes = Array(repeating: "[citat \(Some.post)]", count: 21).joined(separator: "\n")
        #expect(throws: Problems<PostProblem>([.empty, .noSuchQuotedPost(missing), .tooManyQuotes])) {
            try parse("[citat \(missing)]\n\(quotes)")
        }
    }

    @Test func `too many mentions are refused`() {
        let text = (0..<21).map { "@u\($0)" }.joined(separator: " ")
        #expect(throws: Problems<PostProblem>([.tooManyMentions])) {
            try PostDraft.parse(text, resolve: { MemberID(rawValue: UInt64($0.dropFirst()) ?? 0) }, source: source)
        }
    }

    @Test func `what is typed is made regular`() throws {
        #expect(
            try parse("\r\n \n  a\u{30A}\r\nb\rc\u{7}\u{202E}\u{FEFF}\u{2028}d\u{85} \n\n").stored == "  å\nb\nc\nd")
        #expect(throws: Problems<PostProblem>([.containsNUL])) { try parse("a\0b") }
        #expect(throws: Problems<PostProblem>([.empty])) { try parse(" \n\t\n") }
        #expect(throws: Problems<PostProblem>([.tooLong])) { try parse(String(repeating: "å", count: 20_001)) }
        #expect(try parse(String(repeating: "å", count: 20_000)).length == 40_000)
    }

    @Test func `nobody can type a placeholder`() throws {
        let forged = "a" + Placeholder.mention(0).text + Placeholder.quote(0).text + "b @anna"
        #expect(try parse(forged).stored == "a00b " + Placeholder.mention(0).text)
        #expect(html("&#xFDD0;5&#xFDD1;@anna&#xFDD2;0&#xFDD1;") == "<p>{mention 0}</p>\n")
    }

    @Test func `a megabyte is refused at once`() {
        for unit in ["@anna ", "> ", "a\u{301}", "[citat \(Some.post)]\n"] {
            let text = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
            let time = ContinuousClock().measure {
                #expect(throws: Problems<PostProblem>([.tooLong])) { try parse(text) }
            }
            #expect(time < .seconds(5))
        }
    }
}
