package import Accounts
package import Events
import HTML

/// What the registration form asks people to agree to, word for word. The page shows these texts, and every answer is recorded with
/// their hash, so that it can be proved what somebody said yes to (P-01.1, P-07.2, P-15.2).
package struct ConsentWording: Sendable {
    /// A sentence with a link in it.
    package struct Statement: Sendable {
        package let before: String
        package let link: String
        package let after: String

        package var text: String { before + link + after }
    }

    package let policyVersion: CalendarDate
    package let termsVersion: CalendarDate
    package let policy: Statement
    package let terms: Statement
    package let registerLookup =
        "Ja, ni får hämta min ålder, mitt kön, min adress och min kommun från folkbokföringen och jämföra dem med det jag har fyllt i."
    package let registerLookupHint =
        "Frivilligt. Säger du nej gäller den kommun du själv anger. Du kan ändra dig när du vill under Inställningar."
    package let newsletter = "Vill du ha vårt nyhetsbrev med e-post?"
    package let newsletterHint =
        "Det kan innehålla en annons ibland. Du kan ändra dig när du vill under Sajtinställningar."
    package let newsletterYes = "Ja, tack"
    package let newsletterNo = "Nej, tack"

    package init(policy: CalendarDate, terms: CalendarDate) {
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
    package var acceptance: TextHash { TextHash(of: "\(policy.text)\n\(terms.text)") }

    package var hash: TextHash {
        TextHash(
            of: [
                policy.text, terms.text, registerLookup, registerLookupHint, newsletter, newsletterHint, newsletterYes,
                newsletterNo,
            ].joined(separator: "\n"))
    }
}

extension AcceptTexts {
    /// A yes to the two statements.
    package init(_ wording: ConsentWording) {
        self.init(policy: wording.policyVersion, terms: wording.termsVersion, wording: wording.acceptance)
    }
}
