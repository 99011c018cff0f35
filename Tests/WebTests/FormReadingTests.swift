import Events
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Reading a form` {
    private func form(_ encoded: String, lists: Set<FieldName> = []) throws -> Form {
        Form(received: try FormFields(parsing: encoded.utf8).values(lists: lists))
    }

    @Test func `plus is a space, percent is a byte, and no value is an empty one`() throws {
        let form = try form("a=x+y&b=%C3%85sa%2B&c&d=&e=1=2")
        #expect(form.typed("a") == "x y")
        #expect(form.typed("b") == "Åsa+")
        #expect(form.typed("c").isEmpty)
        #expect(form.typed("d").isEmpty)
        #expect(form.typed("e") == "1=2")
        #expect(form.typed("f").isEmpty)
    }

    @Test(arguments: [
        "a=%", "a=%2", "a=%zz", "a=%ff", "a=%C3", "a=%00", "%00=a", "a=\u{0}", "a=%ED%A0%80", "=a", "%=1",
    ])
    func `what is not well-formed is refused`(encoded: String) {
        #expect(throws: FormFields.Malformed.self) { try FormFields(parsing: encoded.utf8) }
    }

    @Test func `a byte that is no UTF-8 is refused even unencoded`() {
        #expect(throws: FormFields.Malformed.self) { try FormFields(parsing: [0x61, 0x3D, 0xFF]) }
    }

    @Test func `a field that comes twice is refused unless it is a list`() throws {
        #expect(throws: FormFields.Malformed.self) { try form("a=1&a=2") }
        #expect(throws: FormFields.Malformed.self) { try form("a=1&%61=2") }
        #expect(try form("a=1&a=2", lists: ["a"]).list("a") == ["1", "2"])
    }

    @Test func `more fields than any form has are refused`() {
        let many = (0...FormFields.maximumCount).map { "f\($0)=1" }.joined(separator: "&")
        #expect(throws: FormFields.Malformed.self) { try FormFields(parsing: many.utf8) }
        #expect(throws: FormFields.Malformed.self) {
            try FormFields(parsing: (String(repeating: "&", count: 100_000) + many).utf8)
        }
    }

    @Test func `text loses the space around it and keeps one kind of line break`() throws {
        let form = try form("a=%0D%0A++Hej%0D%0A%0D%0Adu%0D+%C2%A0&b=+%0D%0A")
        #expect(form.text("a") == "Hej\n\ndu")
        #expect(form.text("b").isEmpty)
    }

    @Test func `every mistake is noted, each at its field`() throws {
        var form = try form("a=+&tal=x&val=kanske&kryss=ja")
        #expect(form.require("a", "Skriv något.") == nil)
        #expect(form.require("tal", "Skriv ett tal.", as: { Int($0) }) == nil)
        #expect(form.require("val", "Välj.", of: MailDelivery.Security.self) == nil)
        #expect(form.isChecked("kryss") && !form.isChecked("val2"))
        #expect(form.mistakes.map(\.message) == ["Skriv något.", "Skriv ett tal.", "Välj."])
        #expect(form.typed("tal") == "x")
    }
}
