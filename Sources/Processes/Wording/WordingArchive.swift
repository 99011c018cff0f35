package import Accounts
package import Events

/// The question about the population register, as existing members are asked it (P-07.2).
package enum RegisterLookupWording {
    package static let question =
        "Ja, ni får hämta min ålder, mitt kön och min kommun från folkbokföringen och jämföra dem med det jag har fyllt i."
    package static let hint =
        "Frivilligt. Vi gör inga sådana uppslag än. Säger du nej gäller den kommun du själv har angett."
    package static let hash = TextHash(of: question + "\n" + hint)
}

/// Finds the wording behind the hash with which an answer was recorded.
package struct WordingArchive: Sendable {
    /// The registration forms, one for each pair of versions.
    private var forms: [TextHash: ConsentWording] = [:]
    /// The statements at the gate, likewise.
    private var gates: [TextHash: ConsentWording] = [:]

    package init(policies: PolicyCalendar, terms: TermsCalendar) {
        for policy in policies.versions {
            for terms in terms.versions {
                let wording = ConsentWording(policy: policy.version, terms: terms.version)
                forms[wording.hash] = wording
                gates[wording.acceptance] = wording
            }
        }
    }

    package func text(of form: TextHash, for purpose: ConsentPurpose) -> String? {
        if let wording = VisibilityWording(purpose) {
            return wording.hash == form ? "\(wording.heading). \(wording.explanation) \(wording.warning)" : nil
        }
        if form == RegisterLookupWording.hash {
            return "\(RegisterLookupWording.question) \(RegisterLookupWording.hint)"
        }
        return forms[form].map { "\($0.registerLookup) \($0.registerLookupHint)" }
    }

    package func newsletter(of form: TextHash) -> String? {
        if form == NewsletterWording.hash { return "\(NewsletterWording.question) \(NewsletterWording.hint)" }
        if form == UnsubscribeWording.hash { return UnsubscribeWording.words }
        return forms[form].map { "\($0.newsletter) \($0.newsletterHint)" }
    }

    /// The wording of the registration form or gate that asked for acceptance of both texts.
    package func asked(in form: TextHash) -> ConsentWording? { forms[form] ?? gates[form] }

    package func acceptance(_ text: OwnRecord.AcceptedText) -> String? {
        guard let asked = asked(in: text.acceptance.form) else { return nil }
        return text.kind == .policy ? asked.policy.text : asked.terms.text
    }
}

extension WordingArchive {
    /// The wording that was shown; nil if it is that of an earlier version of the program.
    package func text(of entry: ConsentLedger.Entry) -> String? {
        guard let form = entry.form else { return nil }
        return switch entry.matter {
        case .policy: asked(in: form)?.policy.text
        case .terms: asked(in: form)?.terms.text
        case .consent(let purpose): text(of: form, for: purpose)
        case .newsletter: newsletter(of: form)
        }
    }

    /// Where the answer was given.
    package func way(of entry: ConsentLedger.Entry) -> String {
        if entry.isFromRegistration { return "Vid registreringen" }
        return switch entry.matter {
        case .policy, .terms: "På frågan vid inloggning eller återkomst"
        case .consent: "Under Inställningar"
        case .newsletter: entry.form == UnsubscribeWording.hash ? "Med länken i ett mejl" : "Under Sajtinställningar"
        }
    }
}
