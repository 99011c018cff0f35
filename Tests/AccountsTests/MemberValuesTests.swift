import Events
import Testing

@testable import Accounts

@Suite struct `An e-mail address` {
    @Test(arguments: [
        "moa@example.se", "moa.hallin+forum@post.example.se", "åsa.öberg@exempel-företag.se", "o'brien@example.com",
        "a@b.co",
    ])
    func `is accepted as it is written`(text: String) throws {
        #expect(try EmailAddress("  \(text)\n").text == text)
    }

    @Test(arguments: [
        "moa", "moa@", "@example.se", "moa@example", "moa@@example.se", "moa@a@example.se", "mo a@example.se",
        ".moa@example.se",
        "moa.@example.se", "m..oa@example.se", "moa@-example.se", "moa@example-.se", "moa@example..se", "moa@10.0.0.1",
        "moa\u{0}@example.se", "moa\r\nBcc:x@example.se", "moa\u{202E}@example.se", "<moa@example.se>",
        "\"moa\"@example.se",
        String(repeating: "m", count: 65) + "@example.se",
    ])
    func `is nothing that mail cannot be sent to`(text: String) {
        #expect(throws: EmailAddress.Problem.notAnAddress) { try EmailAddress(text) }
    }

    @Test func `is at most 254 bytes long`() throws {
        let domain = Array(repeating: String(repeating: "d", count: 60), count: 4).joined(separator: ".")
        #expect(throws: Never.self) { try EmailAddress("m@\(domain).example") }
        #expect(throws: EmailAddress.Problem.tooLong) { try EmailAddress("mmmm@\(domain).example") }
        #expect(throws: EmailAddress.Problem.empty) { try EmailAddress("  ") }
    }

    @Test func `is one address in all its spellings`() throws {
        #expect(try EmailAddress("Åsa@Example.SE") == EmailAddress("a\u{30A}sa@example.se"))
        #expect(try EmailAddress("Åsa@Example.SE").claim == EmailAddress("åsa@example.se").claim)
        #expect(try EmailAddress("asa@example.se") != EmailAddress("åsa@example.se"))
    }
}

@Suite struct `A username` {
    @Test(arguments: [
        "moa", "bie_o_honung", "rörmokar.Åke", "kodolle-2", "1a2", "Café", String(repeating: "å", count: 30),
    ])
    func `is made of Latin letters, digits and three marks`(text: String) throws {
        #expect(try Username(text).text == text)
    }

    @Test func `is between 3 and 30 characters long`() {
        #expect(throws: Username.Problem.tooShort) { try Username(" mo ") }
        #expect(throws: Username.Problem.tooLong) { try Username(String(repeating: "m", count: 31)) }
    }

    @Test(arguments: [
        "mo a", "moa@b", "mоa", "mo\u{200B}a", "-moa", ".moa", "moa/../", "<b>moa", "ſara", "moa😀",
        "hamid.", "hamid-", "hamid_",
    ])
    func `has no other characters, so that nobody passes for somebody else`(text: String) {
        #expect(throws: Username.Problem.otherCharacters) { try Username(text) }
    }

    @Test(arguments: ["admin", "Administratör", "tidigare-medlem", "Tidigare_Medlem", "m.o.d.e.r.a.t.o.r", "SYSTEM"])
    func `does not speak for the site or for former members`(text: String) {
        #expect(throws: Username.Problem.reserved) { try Username(text) }
    }

    @Test(arguments: ["880917-2391", "198809172391"])
    func `is not a personal identity number`(text: String) {
        #expect(throws: Username.Problem.looksLikeIdentityNumber) { try Username(text) }
    }

    @Test func `is one name in all its spellings`() throws {
        #expect(try Username("A\u{30A}ke").claim == Username("åke").claim)
        #expect(try Username("ÅKE") == Username("åke"))
        #expect(try Username("ake") != Username("åke"))
    }

    @Test func `that was reserved later is still read`() { #expect(Username(recorded: "admin").text == "admin") }
}

@Suite struct `A person's name` {
    @Test func `is tidied, not judged`() throws {
        #expect(try PersonName("  Ann-Mari   O’Sköld\t").text == "Ann-Mari O’Sköld")
        #expect(try PersonName("李小龙").text == "李小龙")
    }

    @Test func `is neither empty nor endless nor anything but a name`() {
        #expect(throws: PersonName.Problem.empty) { try PersonName(" \n ") }
        #expect(throws: PersonName.Problem.tooLong) { try PersonName(String(repeating: "m", count: 101)) }
        for text in ["Moa <b>", "Moa\u{202E}", "Moa 2", "--", "moa@example.se"] {
            #expect(throws: PersonName.Problem.otherCharacters) { try PersonName(text) }
        }
    }
}

@Suite struct `A municipality` {
    @Test func `is one of Sweden's 290`() throws {
        #expect(Municipality.all.count == 290)
        let uppsala = try #require(Municipality(code: "0380"))
        #expect(uppsala.name == "Uppsala")
        #expect(uppsala.county == "Uppsala")
        for code in ["", "380", "9999", "code", " 0380"] { #expect(Municipality(code: code) == nil) }
    }

    @Test func `does not show itself (P-11.1)`() throws {
        #expect(!"\(try #require(Municipality(code: "0380")))".contains("Uppsala"))
    }
}
