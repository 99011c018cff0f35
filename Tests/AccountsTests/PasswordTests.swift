import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `A password` {
    func rules(names: [String] = []) throws -> PasswordRules { PasswordRules(try Sample.policy().rules, names: names) }

    @Test func `is as long as the policy in force says, in characters`() throws {
        #expect(throws: Password.Problem.tooShort(minimum: 12)) { try Password("grön båt 12", by: rules()) }
        #expect(throws: Never.self) { try Password("grön båt 123", by: rules()) }
        #expect(throws: Never.self) { try Password(String(repeating: "åäö xyz ", count: 25), by: rules()) }
        #expect(throws: Password.Problem.tooLong) {
            try Password(String(repeating: "åäö xyz ", count: 26), by: rules())
        }
        let stricter = try Sample.policy(
            "2027-01-01", replacing: ["\"passwordMinimumLength\":12": "\"passwordMinimumLength\":16"])
        #expect(throws: Password.Problem.tooShort(minimum: 16)) {
            try Password("grön båt 123", by: PasswordRules(stricter.rules, names: []))
        }
    }

    @Test(arguments: [
        "administrator", "Password1234", "P4ssw0rd!!!!", "sommar2026!!!", "L0sen0rd!1234", "qwertyuiop123",
        "1234567890123",
        "aaaaaaaaaaaaaa", "abcabcabcabc", "passwordpassword", "!!!password!!!",
    ])
    func `is not one that is tried first, nor one dressed up`(text: String) {
        #expect(throws: Password.Problem.common) { try Password(text, by: rules()) }
    }

    @Test(arguments: ["korrekt häst batteri", "Tolv-katter-på-taket", "mössan låg i diket"])
    func `may be a phrase`(text: String) { #expect(throws: Never.self) { try Password(text, by: rules()) } }

    @Test func `does not contain its owner's username or address`() {
        #expect(throws: Password.Problem.containsOwnName) {
            try Password("hemligt-Snickar-Nisse", by: rules(names: ["snickar-nisse", "nils"]))
        }
        #expect(throws: Password.Problem.containsOwnName) {
            try Password("NILS ekdahl sover", by: rules(names: ["snickar-nisse", "nils"]))
        }
        #expect(throws: Never.self) { try Password("mo och bo i skogen", by: rules(names: ["mo"])) }
    }

    @Test func `does not show itself`() throws {
        #expect(!"\(try Password("mössan låg i diket", by: rules()))\(EnteredPassword("mössan"))".contains("mössan"))
    }
}

@Suite(.clause("P-14.1")) struct `A password hash` {
    let hash = Sample.hash("grön båt")

    @Test func `fits its password alone, however the keyboard composes it`() {
        #expect(hash.fits(EnteredPassword("grön båt")) == true)
        #expect(hash.fits(EnteredPassword("gro\u{308}n ba\u{30A}t")) == true)
        for wrong in ["grön bat", "grön båt ", "Grön båt", "", String(repeating: "x", count: 100_000)] {
            #expect(hash.fits(EnteredPassword(wrong)) == false)
        }
    }

    @Test func `is another each time`() {
        #expect(hash != Sample.hash("grön båt"))
    }

    @Test func `is written with its cost and salt, and read again`() throws {
        #expect(hash.phc.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(hash.phc.split(separator: "$").count == 4)
        #expect(PasswordHash(phc: hash.phc) == hash)
        #expect(ScryptCost.standard.phc == "ln=17,r=8,p=1")
        for text in [
            "", "scrypt", "$scrypt$ln=4,r=8,p=1$$", "$scrypt$ln=40,r=8,p=1$c2FsdHNhbHQ$aGFzaA", hash.phc + "$",
        ] {
            #expect(PasswordHash(phc: text) == nil)
        }
    }

    /// RFC 7914, section 12.
    @Test func `is scrypt`() {
        let hash = PasswordHash(
            of: EnteredPassword("pleaseletmein"), cost: ScryptCost(logarithm: 14), salt: Array("SodiumChloride".utf8))
        #expect(hash?.key.prefix(8) == [0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48])
    }

    @Test func `that nothing fits fits nothing`() {
        #expect(PasswordHash.unmatchable(cost: .quick).fits(EnteredPassword("")) == false)
    }
}
