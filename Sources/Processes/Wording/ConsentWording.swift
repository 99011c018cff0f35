package import Accounts
package import Events
import HTML

/// The exact statements of the registration form. The page shows them, and every answer is recorded with their hash, so that it can be
/// proved what a member agreed to (P-01.1, P-07.2, P-15.2).
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
        "Ja, ni får hämta min ålder, mitt kön och min kommun från folkbokföringen och jämföra dem med det jag har fyllt i."
    package let registerLookupHint =
        "Frivilligt. Vi gör inga sådana uppslag än. Säger du nej gäller den kommun du själv anger. Du kan ändra dig när du vill under Inställningar."
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

    /// The hash of the two statements alone, for when only they are asked.
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
    /// The acceptance of both statements.
    package init(_ wording: ConsentWording) {
        self.init(policy: wording.policyVersion, terms: wording.termsVersion, wording: wording.acceptance)
    }
}
