import Events
import Testing
import Testkit

@testable import Accounts

@Suite struct `A personal identity number in a text` {
    private func found(_ text: String) -> [String] {
        PersonalIdentityNumber.occurrences(in: text, today: Sample.today).map(\.number.twelveDigits)
    }

    @Test(
        .clause("P-17.2"),
        arguments: [
            "19880917-2391", "880917-2391", "198809172391", "8809172391", "880917–2391", "880917\u{2010}2391",
            "880917\u{2011}2391", "880917\u{2012}2391", "880917—2391", "880917\u{2015}2391", "880917\u{2212}2391",
            "880917 2391", "880917\u{A0}2391", "880917 - 2391", "880917-\n2391", "1988 09 17 2391", "1988-09-17-2391",
            "88 09 17 2391", "1988.09.17.2391", "1988/09/17/2391", "880917.2391", "880917/2391", "19 88 09 17 23 91",
            "8 8 0 9 1 7 - 2 3 9 1", "pnr198809172391", "198809172391abc", "_880917-2391_", "(880917-2391).",
            "８８０９１７－２３９１", "880917\u{200B}-\u{200B}2391", "88\u{AD}0917\u{2060}-2391", "٨٨٠٩١٧-٢٣٩١",
            "nr: 880917-2391, tack",
        ])
    func `is found in every way of writing it`(written: String) {
        #expect(found("Hej, mitt är \(written)") == ["198809172391"], "\(written)")
    }

    @Test func `is found whole, with what stands within it, and each of several`() throws {
        let text = "Jag: 880917\u{200B}-2391, hon: 701063-2391."
        let ranges = PersonalIdentityNumber.occurrences(in: text, today: Sample.today).map(\.range)
        #expect(ranges.map { String(text[$0]) } == ["880917\u{200B}-2391", "701063-2391"])
    }

    @Test(arguments: [
        "070-123 45 67", "0701-23 45 67", "08-12 34 56 78", "070 123 45 67", "+46 70 123 45 67", "0046 70 123 45 67",
    ])
    func `is not made of a telephone number, whatever its digits`(written: String) {
        // All hundred numbers of that shape, some of which pass as a date with a valid check digit.
        for last in 0...99 {
            let number = written.dropLast(2) + (last < 10 ? "0\(last)" : "\(last)")
            #expect(found("Ring \(number)!").isEmpty, "\(number)")
        }
    }

    @Test(arguments: ["556677-8899", "880917-2392", "12345678901234567890", "faktura 2391 av 880917", ""])
    func `is not seen where there is none`(text: String) { #expect(found(text).isEmpty) }

    @Test func `of the tax agency is found, each of them, in ten digits and in twelve`() throws {
        for twelve in try AgencyNumbers.all {
            #expect(found("nr \(twelve.prefix(8))–\(twelve.suffix(4))") == [twelve])
            #expect(found(twelve) == [twelve])
        }
    }
}
