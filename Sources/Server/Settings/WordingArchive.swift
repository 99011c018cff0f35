import Accounts
import Events

/// The question about the population register, as it is asked to whoever is a member already (P-07.2).
enum RegisterLookupWording {
    static let question =
        "Ja, ni får hämta min ålder, mitt kön, min adress och min kommun från folkbokföringen och jämföra dem med det jag har fyllt i."
    static let hint = "Frivilligt. Säger du nej gäller den kommun du själv har angett."
    static let hash = TextHash(of: question + "\n" + hint)
}

/// Finds the words that stand behind the hash with which an answer was recorded.
struct WordingArchive: Sendable {
    /// The registration form, under each pair of versions.
    private var forms: [TextHash: ConsentWording] = [:]
    /// The boxes at the gate, likewise.
    private var gates: [TextHash: ConsentWording] = [:]

    init(policies: PolicyCalendar, terms: TermsCalendar) {
        for policy in policies.versions {
            for terms in terms.versions {
                let wording = ConsentWording(policy: policy.version, terms: terms.version)
                forms[wording.hash] = wording
                gates[wording.acceptance] = wording
            }
        }
    }

    func text(of form: TextHash, for purpose: ConsentPurpose) -> String? {
        if let wording = VisibilityWording(purpose) {
            return wording.hash == form ? "\(wording.heading). \(wording.explanation) \(wording.warning)" : nil
        }
        if form == RegisterLookupWording.hash {
            return "\(RegisterLookupWording.question) \(RegisterLookupWording.hint)"
        }
        return forms[form].map { "\($0.registerLookup) \($0.registerLookupHint)" }
    }

    func newsletter(of form: TextHash) -> String? {
        if form == NewsletterWording.hash { return "\(NewsletterWording.question) \(NewsletterWording.hint)" }
        if form == UnsubscribeWording.hash { return UnsubscribeWording.words }
        return forms[form].map { "\($0.newsletter) \($0.newsletterHint)" }
    }

    /// The form that asked for both texts.
    func asked(in form: TextHash) -> ConsentWording? { forms[form] ?? gates[form] }

    func acceptance(_ text: OwnRecord.AcceptedText) -> String? {
        guard let asked = asked(in: text.acceptance.form) else { return nil }
        return text.kind == .policy ? asked.policy.text : asked.terms.text
    }
}
