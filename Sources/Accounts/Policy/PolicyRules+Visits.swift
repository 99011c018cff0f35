/// P-05.1: the only fields of the visit log.
package struct VisitLogRules: Sendable {
    package let fields: [VisitField]
    /// The number of bits of a visitor's address that are stored.
    package let anonymousBitsOfIPv4, anonymousBitsOfIPv6: Int

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        fields = try rules.codes("fields")
        (anonymousBitsOfIPv4, anonymousBitsOfIPv6) = try rules.section("anonymousAddressBits") {
            (rules) throws(DocumentProblem) in (try rules.integer("ipv4"), try rules.integer("ipv6"))
        }
    }
}

/// P-08.6.
package struct CookieRules: Sendable {
    package let necessary, optional: [String]

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        necessary = try rules.words("necessary")
        optional = try rules.words("optional")
    }
}

/// P-09.
package struct AdvertisingRules: Sendable {
    package let thirdParties: [String]
    package let label: String

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        thirdParties = try rules.words("thirdParties")
        label = try rules.text("label")
    }
}

/// P-10.1.
package struct DisclosureRules: Sendable {
    package let administratorsRequired: Int
    package let secretHoldVisibleTo: [Role]

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        administratorsRequired = try rules.integer("administratorsRequired")
        secretHoldVisibleTo = try rules.codes("secretHoldVisibleTo")
    }
}

/// P-15: what holds when a member has made no choice, and what no choice stops.
package struct MailRules: Sendable {
    package enum Unset: String, CaseIterable, Sendable { case on, off, ask }

    package let privateMessageNotice, newsletter: Unset
    package let mandatory: [String]

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        (privateMessageNotice, newsletter) = try rules.section("mail") { (rules) throws(DocumentProblem) in
            (try rules.code("privateMessageNotice"), try rules.code("newsletter"))
        }
        mandatory = try rules.words("mandatoryMail")
    }
}

/// An entry in the register of processing (P-08.1).
package struct ProcessingPurpose: Sendable {
    package let id: String
    package let basis: String
    package let text: String

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        id = try rules.text("id")
        basis = try rules.code("basis", Basis.self).rawValue
        text = try rules.text("text")
    }

    private enum Basis: String, CaseIterable {
        case contract, consent
        case legitimateInterest = "legitimate-interest"
        case legalObligation = "legal-obligation"
    }
}
