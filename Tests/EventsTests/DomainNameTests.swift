import Events
import Testing

@Suite struct `The domain of a mailbox` {
    @Test(
        arguments: [
            "räksmörgås.example", "xn--rksmrgs-5wao1o.example", "RÄKSMÖRGÅS.Example", "XN--RKSMRGS-5WAO1O.EXAMPLE",
            "ra\u{308}ksmo\u{308}rga\u{30A}s.example", "räksmörgås。example", "räksmörgås．example",
        ])
    func `is the same however it is spelled`(spelling: String) throws {
        let domain = try #require(DomainName(spelling))
        #expect(domain.ascii == "xn--rksmrgs-5wao1o.example")
        #expect(domain.shown == "räksmörgås.example")
    }

    @Test(arguments: [("straße.example", "xn--strae-oqa.example"), ("βόλος.example", "xn--nxasmm1c.example")])
    func `keeps letters that older rules replaced`(spelling: String, ascii: String) {
        #expect(DomainName(spelling)?.ascii == ascii)
    }

    @Test(
        arguments: [
            "", "example", "exa mple.se", "example.se.", ".example.se", "a..se", "-a.se", "a-.se", "räka_.se", "a.123",
            "xn--a.se", "xn--räka.se", "xn--rksmrgs.se\u{0}", "exa\u{AD}mple.se", "exa\u{200B}mple.se", "ex>ample.se",
            "\(String(repeating: "å", count: 64)).se", "a.\(String(repeating: "b.", count: 130))se", "a🦐.se",
        ])
    func `is none where no mailbox can be`(text: String) { #expect(DomainName(text) == nil) }

    @Test(
        arguments: [
            // Cyrillic letters that look Latin, alone and among Latin ones; a dotless i.
            "\u{441}\u{43E}\u{440}\u{435}.example", "p\u{430}ypal.example", "m\u{131}kro.example",
        ])
    func `is not shown in letters that look like others`(spelling: String) throws {
        #expect(try #require(DomainName(spelling)).shown.hasPrefix("xn--"))
    }

    @Test(arguments: ["пример.example", "例え.example", "παράδειγμα.example", "åäö-é-ł.example", "example.se"])
    func `is shown in its own letters`(spelling: String) { #expect(DomainName(spelling)?.shown == spelling) }
}
