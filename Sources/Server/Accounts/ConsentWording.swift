import Accounts
import Events

/// What the registration form asks people to agree to, word for word. The page shows these texts, and every answer is recorded with
/// their hash, so that it can be proved what somebody said yes to (P-01.1, P-07.2, P-15.2).
struct ConsentWording: Sendable {
    /// A sentence with a link in it.
    struct Statement: Sendable {
        let before: String
        let link: String
        let after: String

        var text: String { before + link + after }
    }

    let policyVersion: CalendarDate
    let termsVersion: CalendarDate
    let policy: Statement
    let terms: Statement
    let registerLookup =
        "Ja, ni får hämta min ålder, mitt kön, min adress och min kommun från folkbokföringen och jämföra dem med det jag har fyllt i."
    let registerLookupHint =
        "Frivilligt. Säger du nej gäller den kommun du själv anger. Du kan ändra dig när du vill under Inställningar."
    let newsletter = "Vill du ha vårt nyhetsbrev med e-post?"
    let newsletterHint = "Det kan innehålla en annons ibland. Du kan ändra dig när du vill under Sajtinställningar."
    let newsletterYes = "Ja, tack"
    let newsletterNo = "Nej, tack"

    init(policy: CalendarDate, terms: CalendarDate) {
        policyVersion = policy
        termsVersion = terms
        self.policy = Statement(
            before: "Jag har läst och godkänner ", link: "integritetspolicyn",
            after: " av den \(SwedishDate.long(policy)).")
        self.terms = Statement(
            before: "Jag har läst och godkänner ", link: "medlemsvillkoren",
            after: " av den \(SwedishDate.long(terms)).")
    }

    /// Of the two statements alone, as they are asked for apart from the rest.
    var acceptance: TextHash { TextHash(of: "\(policy.text)\n\(terms.text)") }

    var hash: TextHash {
        TextHash(
            of: [
                policy.text, terms.text, registerLookup, registerLookupHint, newsletter, newsletterHint, newsletterYes,
                newsletterNo,
            ].joined(separator: "\n"))
    }
}

extension AcceptTexts {
    /// A yes to the two statements.
    init(_ wording: ConsentWording) {
        self.init(policy: wording.policyVersion, terms: wording.termsVersion, wording: wording.acceptance)
    }
}

extension HTMLWriter {
    /// The two boxes to tick, with the versions that a tick is about.
    mutating func acceptance(of wording: ConsentWording, in form: Form) {
        let (policy, terms) = (wording.policyVersion.description, wording.termsVersion.description)
        hiddenAsOpened(.policyVersion, policy)
        hiddenAsOpened(.termsVersion, terms)
        statement(wording.policy, about: .privacyPolicy(version: policy), at: .policy, in: form)
        statement(wording.terms, about: .memberTerms(version: terms), at: .terms, in: form)
    }

    private mutating func statement(
        _ statement: ConsentWording.Statement, about page: Page, at field: FieldName, in form: Form
    ) {
        checkbox(field, in: form) { html in
            html.text(statement.before)
            html.link(statement.link, to: page)
            html.text(statement.after)
        }
    }
}
