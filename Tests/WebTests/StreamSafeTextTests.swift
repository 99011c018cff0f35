import Testing

@testable import Events
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Marks upon letters in what a request says` {
    @Test func `thirty are kept and the rest left out, however many they are`() throws {
        let marks = String(repeating: "%CC%81%CC%96", count: 40_000)
        let fields = try FormFields(parsing: "text=a\(marks)b%CC%81&titel=\(marks)".utf8)
        #expect(fields.pairs[0].value.unicodeScalars.count == 1 + 30 + 2)
        #expect(fields.pairs[0].value.unicodeScalars.suffix(2).elementsEqual("b\u{301}".unicodeScalars))
        #expect(fields.pairs[1].value.unicodeScalars.count == 30)
        #expect(percentDecoded("a\(marks)".utf8, plusIsSpace: false)?.unicodeScalars.count == 31)
    }

    @Test(arguments: [
        "Årsmöte på Österlen", "A\u{30A}rsmo\u{308}te", "e\u{301}\u{323}\u{302}", "👩‍👩‍👧🏽", "नमस्ते", "שָׁלוֹם", "각",
        "a" + String(repeating: "\u{301}", count: 30),
    ])
    func `text that somebody could mean stays as it is, to the byte`(text: String) {
        #expect(Array(text.streamSafe.utf8) == Array(text.utf8))
    }
}
