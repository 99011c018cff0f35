import Testing

@testable import Messaging

struct MailAddressTests {
    @Test(arguments: [
        ("moa@example.se", "moa@example.se"), ("Moa.Ek+x@Example.SE", "Moa.Ek+x@example.se"),
        ("info@mikroföretag.se", "info@xn--mikrofretag-wfb.se"), ("åsa@bücher.example", "åsa@xn--bcher-kva.example"),
        ("a@räksmörgås.josefsson.org", "a@xn--rksmrgs-5wao1o.josefsson.org"),
        ("a@例え.jp", "a@xn--r8jz45g.jp"),
    ])
    func `an address is taken as its owner spells it, its domain in ASCII`(typed: String, text: String) {
        #expect(MailAddress(typed)?.text == text)
    }

    @Test(arguments: [
        "", "moa", "@example.se", "moa@", "moa@example", "a@b@c.se", "moa @example.se", "moa@exa mple.se",
        "moa@example.se\r\nBcc: x@example.org", "moa\r\n@example.se", "moa\u{0}@example.se", "<moa@example.se>",
        "moa@example.se>", "moa,eva@example.se", "\"moa\"@example.se", ".moa@example.se", "moa@-a.se", "moa@a..se",
        "moa\u{2028}@example.se", "moa\u{202E}@example.se", "moa(x)@example.se", "moa;eva@example.se",
    ])
    func `what could be more than one address is none`(typed: String) {
        #expect(MailAddress(typed) == nil)
    }

    @Test func `an address shows itself to nobody by accident`() throws {
        let address = try #require(MailAddress("moa@example.se"))
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!"\(address) \(String(reflecting: address)) \(dumped)".contains("moa"))
    }
}
