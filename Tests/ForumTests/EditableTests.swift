import Events
import Testing
import Testkit

@testable import Forum

struct EditableTests {
    @Test func `the edit form shows names as they are now`() throws {
        let body = try parse("[citat \(Some.post)]\nHej @anna!")
        #expect(body.editable(username: username) == "[citat \(Some.post) r2 0-200]\nHej @Anna!")
        #expect(body.editable { _ in "nya.anna" }.hasSuffix("Hej @nya.anna!"))
    }

    @Test(.clause("P-16.2")) func `who has left is a number in the edit form, and saving keeps the reference`() throws {
        let body = try parse("Hej @bo.b, `@{1}` och @anna!")
        let form = body.editable { $0 == Some.anna ? nil : "bo.b" }
        #expect(form == "Hej @bo.b, `@{1}` och @{2}!")
        let saved = try PostDraft.parse(
            form, revising: body, resolve: { $0 == "bo.b" ? Some.bo : nil }, source: source)
        #expect(saved == body)
        #expect(try parse(form).mentions == [Some.bo])
    }

    @Test func `a quote of what has been erased since can be kept, but not made`() throws {
        let body = try parse("[citat \(Some.post)]\nHej")
        let form = body.editable(username: username)
        let saved = try PostDraft.parse(form, revising: body, resolve: resolve, source: { _, _ in nil })
        #expect(saved == body)
        #expect(throws: Problems<PostProblem>([.noSuchQuotedPost(Some.post)])) {
            try PostDraft.parse(form, resolve: resolve, source: { _, _ in nil })
        }
    }

    @Test(arguments: 0..<400)
    func `what is edited without a change stays the same`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let text = (0..<Int.random(in: 1...40, using: &random)).reduce(into: "x ") { text, _ in
            text += EditableTests.pieces.randomElement(using: &random) ?? ""
        }
        guard let body = try? parse(text) else { return }
        let form = body.editable(username: username)
        #expect(try parse(form, revising: body) == body)
        #expect(try parse(form, revising: body).editable(username: username) == form)
        let namesAreGone = body.editable { _ in nil }
        let saved = try PostDraft.parse(namesAreGone, revising: body, resolve: { _ in nil }, source: source)
        #expect(saved.editable(username: username) == form)
        #expect(HTMLInspector.faults(in: PostHTML.render(body)) == [])
    }

    static let pieces = [
        "@anna", "@bo.b", "@moa-åsa", "@okänd", "@", " ", " ", "\n", "\n\n", "`", "``", "\n```\n", "\n~~~\n", "*", "**",
        "_", "~~", "[", "](", ")", "![", "<", ">", "\n> ", "\n- ", "\n1. ", "\n    ", "#", "\n# ", "|", "\n-|-\n", "&",
        "&#x40;",
        "\\", "http://x.se/", "www.y.se", "a@b.se", "\n[citat \(Some.post)]\n", "\n[citat \(Some.post) r1 3-9]\n",
        "text", "å",
        ".", "-", "!", "(", "\t", "\r\n", "e\u{301}", "👩‍👩‍👧", "\n<div>\n", "<b>", "-->",
        "&#xFDD0;0&#xFDD1;",
    ]
}
