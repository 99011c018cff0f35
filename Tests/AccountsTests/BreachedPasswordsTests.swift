import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `The list of breached passwords` {
    let breached = BreachedPasswords.shared

    @Test func `knows more than a hundred thousand, each of our own among them`() throws {
        #expect(breached.count > 100_000)
        let file = project.appending(path: "script/common-passwords.txt")
        let ours = try String(contentsOf: file, encoding: .utf8).lowercased().split(separator: "\n")
        #expect(ours.count > 3000)
        for word in ours { #expect(breached.contains(String(word)), "\(word)") }
    }

    @Test(arguments: [
        "iloveyouforever", "qwertyuiop123", "1q2w3e4r5t6y", "1qaz2wsx3edc", "letmein12345", "password", "losenord",
    ])
    func `knows those that everybody tries`(password: String) { #expect(breached.contains(password)) }

    @Test func `takes hardly any other word for one of them`() {
        var generator = SeededGenerator(seed: 7)
        let letters = Array("abcdefghijklmnopqrstuvwxyzåäö0123456789")
        let mistakes = (0..<60_000).filter { _ in
            breached.contains(String((0..<14).map { _ in letters.randomElement(using: &generator)! }))
        }
        #expect(mistakes.count <= 6, "one in ten thousand; one is expected")
    }

    @Test func `is compared in one spelling, whichever the keyboard writes`() throws {
        let rules = PasswordRules(try Sample.policy().rules, names: [])
        for text in ["ILoveYouForever", "iloveyouforever!", "ILOVEYOUFOREVER2026", "fotbolls\u{76}\u{6D}2026!!"] {
            #expect(throws: Password.Problem.common) { try Password(text, by: rules) }
        }
        for text in ["korrekt häst batteri", "mössan låg i diket", "grön båt i motvind", "rabarber-i-motvind"] {
            #expect(throws: Never.self) { try Password(text, by: rules) }
        }
    }

    @Test(arguments: ["", "xor16", "xor16 1 2 3", "xor16 1 2 3\nAAAA", "bloom 1 2 3\nAAAAAAAAAAAAAAAA", "\n\n"])
    func `that cannot be read knows nothing`(text: String) {
        #expect(!BreachedPasswords(text).contains("password") && BreachedPasswords(text).count == 0)
    }
}
