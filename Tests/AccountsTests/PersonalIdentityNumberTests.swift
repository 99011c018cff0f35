import Events
import Testing
import Testkit

@testable import Accounts

@Suite struct `A personal identity number` {
    let today = Sample.today

    func number(_ text: String, on day: String? = nil) throws -> String {
        let date = try day.map { try #require(CalendarDate($0)) } ?? today
        return try PersonalIdentityNumber(text, today: date).twelveDigits
    }

    @Test(arguments: [
        "19880917-2391", "198809172391", "880917-2391", "8809172391", " 880917 - 2391 ", "19880917–2391",
        "880917\u{2212}2391",
    ])
    func `is read in every way of writing it (P-14.1)`(text: String) throws {
        #expect(try number(text) == "198809172391")
    }

    @Test func `with a plus belongs to somebody in the year of the hundredth birthday or later`() throws {
        #expect(try number("900328+9809") == "189003289809")
        #expect(try number("230918+9237") == "192309189237")
        #expect(try number("230918+9237", on: "2023-01-01") == "192309189237")
        #expect(try number("230918-9237", on: "2022-12-31") == "192309189237")
    }

    @Test func `of ten digits without a sign is the latest day that has been`() throws {
        #expect(try number("2409182389") == "202409182389")
        #expect(try number("2309189237", on: "2023-09-17") == "192309189237")
    }

    @Test(arguments: ["20240918-2389", "240918-2389", "202409182389"])
    func `of somebody not born yet is refused`(text: String) throws {
        #expect(throws: PersonalIdentityNumber.Problem.notBornYet) { try number(text, on: "2024-09-17") }
        #expect(try number(text, on: "2024-09-18") == "202409182389")
    }

    @Test func `of the tax agency's specimen is a coordination number with its day raised by 60`() throws {
        let number = try PersonalIdentityNumber("701063-2391", today: today)
        #expect(number.twelveDigits == "197010632391")
        #expect(number.birthDate == CalendarDate(year: 1970, month: 10, day: 3))
        #expect(number.isCoordinationNumber)
        #expect(try !PersonalIdentityNumber("880917-2391", today: today).isCoordinationNumber)
    }

    @Test func `with any other control digit is refused`() {
        for digit in 0...9 where digit != 1 {
            #expect(throws: PersonalIdentityNumber.Problem.wrongControlDigit) { try number("880917-239\(digit)") }
        }
    }

    @Test(arguments: ["19880931-2391", "880230-2391", "881317-2391", "880900-2391", "880960-2391", "880992-2391"])
    func `of a day that never was is refused`(text: String) {
        #expect(throws: PersonalIdentityNumber.Problem.noSuchDate) { try number(text) }
    }

    @Test(arguments: [
        "", "-", "8809172", "880917-239", "88-09-17-2391", "8809-172391", "880917*2391", "٨٨٠٩١٧-٢٣٩١", "17880917-2391",
        "88091T-2391",
    ])
    func `is nothing else`(text: String) {
        #expect(throws: PersonalIdentityNumber.Problem.notANumber) { try number(text) }
    }

    @Test func `is accepted for every test number of the tax agency, in ten digits and in twelve`() throws {
        let numbers = try AgencyNumbers.all
        #expect(numbers.count == 400)
        for twelve in numbers {
            #expect(try number(twelve) == twelve)
            let isOld = try PersonalIdentityNumber(twelve, today: today).birthDate.year <= today.year - 100
            #expect(try number("\(twelve.dropFirst(2).prefix(6))\(isOld ? "+" : "-")\(twelve.suffix(4))") == twelve)
        }
    }

    @Test func `never shows itself (P-14.1)`() throws {
        let number = try PersonalIdentityNumber("880917-2391", today: today)
        var dumped = ""
        dump(number, to: &dumped)
        dump(Identity(name: try PersonName("Moa Hallin"), number: number, username: try Username("moa")), to: &dumped)
        for text in ["\(number)", String(reflecting: number), "\([number])", "\(Optional(number) as Any)", dumped] {
            #expect(!text.contains("2391") && !text.contains("0917") && !text.contains("1988"))
        }
    }
}
