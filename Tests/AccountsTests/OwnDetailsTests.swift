import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-16.1")) struct `Own texts that tell who wrote them` {
    let details = OwnDetails(
        name: "Moa Åsa Hallin", emails: ["Moa@Example.se", "moa.forr@example.se"], number: "198809172391")

    @Test(arguments: [
        "Hälsningar Moa", "Hallins bageri tar emot beställningar", "/Åsa", "moa åsa hallin", "Fråga MOA.",
        "Skriv till **Moa**!",
    ])
    func `hold the name, in part, in the genitive or whole`(text: String) {
        #expect(details.found(in: text) == [.name])
    }

    @Test(arguments: ["Moas", "Hallin-Berg"]) func `hold the name within other letters`(text: String) {
        #expect(details.found(in: text) == [.name])
    }

    @Test(arguments: ["moaré", "jag hallin", "Moaré", "en asa", ""]) func `do not hold what only looks like it`(
        text: String
    ) {
        #expect(details.found(in: text).isEmpty)
    }

    @Test(arguments: ["nå mig på moa@example.se.", "MOA@EXAMPLE.SE", "mejla moa.forr@example.se"])
    func `hold the e-mail address`(text: String) {
        #expect(details.found(in: text).contains(.email))
    }

    @Test(arguments: [
        "070-123 45 67", "0701234567", "+46 70 123 45 67", "+46 (0)70-123 45 67", "0046701234567", "08-12 34 56",
        "08-123 456 78", "0910-123 45", "ring 090 – 12 34 56 så", "(08) 123 45 67", "sedan 2026-03-10 070-123 45 67",
        "tel:0701234567",
    ])
    func `hold a phone number`(text: String) { #expect(details.found(in: text) == [.phone]) }

    @Test(arguments: [
        "2026-03-10 12.30", "den 10-03 kl. 12", "556012-5790", "moms 25 % på 1 000 000 kr", "5020-1234567",
        "OCR 7310025848211", "12.30-13.30", "0,5", "SE556012579001", "01-02 03",
    ])
    func `do not take other numbers for phone numbers`(text: String) { #expect(details.found(in: text).isEmpty) }

    @Test(arguments: ["19880917-2391", "880917-2391", "8809172391", "880917 2391", "198809172391", "nr 880917–2391"])
    func `hold the personal identity number however it is written`(text: String) {
        #expect(details.found(in: text) == [.personalIdentityNumber])
    }

    @Test func `do not hold somebody else's number`() {
        #expect(details.found(in: "19800222-2399").isEmpty)
    }

    @Test func `hold several at once`() {
        #expect(details.found(in: "Moa, 070-123 45 67, moa@example.se") == [.name, .phone, .email])
    }
}
