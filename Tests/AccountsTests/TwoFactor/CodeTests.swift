import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `The codes of an app` {
    /// RFC 6238, appendix B, for SHA-1: seconds since 1970 and the code of eight digits.
    private static let vectors: [(seconds: Int64, code: String)] = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]
    static let secret = TOTPSecret(Array("12345678901234567890".utf8))

    @Test(arguments: vectors) func `are those of RFC 6238`(seconds: Int64, code: String) {
        let step = TOTPSecret.step(at: Instant(milliseconds: seconds * 1000))
        #expect(Self.secret.code(at: step, digits: 8) == code)
        #expect(Self.secret.code(at: step) == code.suffix(6))
    }

    @Test func `come of a secret that is written as RFC 4648 does`() {
        #expect(Self.secret.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(TOTPSecret(base32: Self.secret.base32) == Self.secret)
        #expect(TOTPSecret(Array("foobar".utf8)).base32 == "MZXW6YTBOI")
        #expect(TOTPSecret(base32: "MZXW6YTBOI") == TOTPSecret(Array("foobar".utf8)))
        for wrong in ["", "M", "mzxw", "MZXW1", "MZ=="] { #expect(TOTPSecret(base32: wrong) == nil, "\(wrong)") }
    }

    @Test func `are taken one step early and one step late, and no further`() {
        let now = Instant.testStart
        let step = TOTPSecret.step(at: now)
        for (away, isTaken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = Array(Self.secret.code(at: step + away).utf8)
            #expect((Self.secret.step(of: code, at: now, after: 0) == step + away) == isTaken, "\(away)")
        }
    }

    @Test func `of the last accepted step, or of one before, are not taken`() {
        let now = Instant.testStart
        let step = TOTPSecret.step(at: now)
        for away in -1...1 {
            let code = Array(Self.secret.code(at: step + away).utf8)
            #expect(Self.secret.step(of: code, at: now, after: step) == (away == 1 ? step + 1 : nil))
        }
    }

    @Test(arguments: ["123456", " 123 456 ", "123-456", "1 2 3 4 5 6", "123\u{200B}456"])
    func `are read with spaces in them`(typed: String) {
        #expect(EnteredCode(typed) == .app(Array("123456".utf8)))
    }

    @Test(arguments: ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "１２３４５６", String(repeating: "1", count: 5000)])
    func `are six digits`(typed: String) { #expect(EnteredCode(typed) == nil) }

    @Test func `say nothing of themselves`() {
        #expect("\(Self.secret)" == "(TOTPSecret)")
        #expect(!"\(Self.secret) \(String(reflecting: EnteredCode("123456")))".contains("123"))
    }
}

@Suite(.clause("P-12.1")) struct `Recovery codes` {
    @Test func `are ten, all different, and read however they are typed`() throws {
        var generator = SeededGenerator(seed: 1)
        let codes = RecoveryCodes(using: &generator)
        #expect(Set(codes.texts).count == 10)
        let hashes = codes.hashed(with: [1, 2, 3, 4])
        for (number, text) in codes.texts.enumerated() {
            #expect(text.count == 24 && text.split(separator: "-").count == 5)
            for typed in [text, " \(text) ", text.replacing("-", with: " "), text.replacing("-", with: "")] {
                guard case .recovery(let code)? = EnteredCode(typed) else { throw Unexpected() }
                #expect(hashes.number(of: code) == number, "\(typed)")
            }
        }
        #expect(hashes.number(of: Array(String(repeating: "0", count: 20).utf8)) == nil)
    }

    @Test func `are kept as hashes that are read back`() throws {
        var generator = SeededGenerator(seed: 2)
        let codes = RecoveryCodes(using: &generator)
        let hashes = codes.hashed(with: [9, 8, 7])
        #expect(RecoveryCodeHashes(hashes.text) == hashes)
        for code in codes.texts { #expect(!hashes.text.contains(code.replacing("-", with: ""))) }
        for wrong in ["", "00", "00.11", "xx." + String(repeating: "a", count: 64)] {
            #expect(RecoveryCodeHashes(wrong) == nil, "\(wrong)")
        }
    }
}
