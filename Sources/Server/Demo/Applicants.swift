import Accounts
import Events
import Foundation

/// Invented people who want to be members, as many as a measurement needs.
struct Applicants: Sendable {
    let time: Instant
    let policy: PolicyDocument
    let terms: TermsDocument
    /// One hash for all: none of them signs in.
    let hash: PasswordHash
    private let numbers: [String]
    private let seed: UInt64
    private static let password = "rabarber-i-motvind"

    init(_ accounts: Accounts, _ numbers: [String], seed: UInt64, at time: Instant) async throws {
        self.time = time
        self.numbers = numbers
        self.seed = seed
        policy = try accounts.policyInForce(at: time)
        terms = try accounts.termsInForce(at: time)
        let password = try Password(Applicants.password, by: PasswordRules(policy.rules, names: []))
        hash = try await PasswordHasher(cost: ScryptCost(logarithm: 1)).hash(password)
    }

    func application(_ index: Int) throws -> SignUpApplication {
        var form = SignUpForm()
        form.email = "medlem\(seed)-\(index)@example.org"
        form.name = "Medlem Nummer \(["Ett", "Två", "Tre", "Fyra"][index % 4])"
        form.username = "medlem\(seed)-\(index)"
        form.personalIdentityNumber = numbers[index % numbers.count]
        // Some give no municipality, and a few of them because their identity is protected.
        form.municipality = index % 10 == 9 ? "" : Municipality.all[index % Municipality.all.count].code
        form.hasProtectedIdentity = index % 50 == 49
        form.password = Applicants.password
        form.acceptedPolicy = policy.version
        form.acceptedTerms = terms.version
        form.wantsNewsletter = index % 2 == 0
        return try form.parsed(by: policy.rules, today: time.stockholmDate, wording: TextHash(of: "bulk"))
    }
}

/// The official test personal identity numbers.
enum TestNumbers {
    /// The numbers of people who are old enough to be members at that time, and not too old.
    static func adults(in file: String, at time: Instant) throws -> [String] {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure.usage("cannot read \(file); name the list with --numbers")
        }
        let today = time.stockholmDate
        return text.split(separator: "\n").map(String.init).filter { line in
            guard let number = try? PersonalIdentityNumber(line, today: today) else { return false }
            return (RegistrationRules.lowestAge...75).contains(number.birthDate.wholeYears(until: today))
        }
    }
}
