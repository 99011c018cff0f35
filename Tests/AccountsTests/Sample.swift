import Events
import Foundation
import Testkit

@testable import Accounts

/// Invented people with the tax agency's test numbers.
enum Sample {
    static let now = Instant.testStart
    static let today = now.stockholmDate
    static let wording = TextHash(of: "the form as it was shown")

    static let astrid = form(email: "astrid@example.se", username: "astrid", number: "19750612-9241")
    static let nils = form(email: "nils@example.se", username: "snickar-nisse", number: "800222-2399")

    static func form(
        email: String = "moa@example.se", username: String = "moa", number: String = "19880917-2391",
        change: (inout SignUpForm) -> Void = { _ in }
    ) -> SignUpForm {
        var form = SignUpForm()
        form.email = email
        form.name = "Moa Hallin"
        form.username = username
        form.personalIdentityNumber = number
        form.municipality = "0380"
        form.password = "grön båt i motvind"
        form.acceptedPolicy = CalendarDate("2019-08-18")
        form.acceptedTerms = CalendarDate("2019-08-18")
        form.wantsNewsletter = false
        change(&form)
        return form
    }

    static func policy() throws -> PolicyDocument { try PolicyDocument.first() }
    static func terms() throws -> TermsDocument { try TermsDocument.first() }

    static func policies() throws -> PolicyCalendar {
        .given(.policyPublished(try policy()), .policyInForce(try policy().version))
    }

    /// Another version of the policy, with some rules changed.
    static func policy(_ version: String, replacing rules: [String: String] = [:]) throws -> PolicyDocument {
        var json = try policy().rules.json.replacingOccurrences(of: "2019-08-18", with: version)
        for (old, new) in rules { json = json.replacingOccurrences(of: old, with: new) }
        return try PolicyDocument(text: try policy().text.markdown, rules: json)
    }

    static func command(_ words: String = "sign up", at time: Instant = now) -> CommandID {
        CommandID(named: words, at: time)
    }

    /// The identity of somebody born in 2010, as only an old log can hold.
    static let young = Sealed(
        Identity(
            name: try! PersonName("Moa Hallin"), number: PersonalIdentityNumber(twelveDigits: "201005302391")!,
            username: try! Username("moa")),
        .identity, of: MemberID(createdBy: command()), createdBy: command("young"))

    static let quickHash = hash("grön båt i motvind")

    static func hash(_ password: String, cost: ScryptCost = .quick) -> PasswordHash {
        PasswordHash(of: EnteredPassword(password), cost: cost)!
    }

    static func signUp(_ form: SignUpForm = form(), at time: Instant = now) throws -> SignUp {
        let application = try form.parsed(by: policy().rules, today: time.stockholmDate, wording: wording)
        return SignUp(application: application, hash: quickHash, command: command(), time: time)
    }

    /// The id and the events that signing up leads to.
    static func signedUp(_ form: SignUpForm = form(), at time: Instant = now) throws -> (MemberID, [MemberEvent]) {
        let signUp = try signUp(form, at: time)
        return (signUp.member, try signUp.decide(given: .nobody, policy: policy(), terms: terms()))
    }
}
