package import Events

/// The promises of a version of the privacy policy, as numbers and lists that the system follows (P-00.1).
///
/// The only source of limits, periods and lists. Published rules stay readable for ever: a key that a later program adds states its
/// default for earlier versions (`RulesReader.period(_:before:)`), and a key that it drops is ignored in them.
package struct PolicyRules: Sendable {
    /// The version's name, and the day from which it is in force.
    package let version: CalendarDate
    package let change: DocumentChange
    package let declined: [ActionForDecliner]
    package let fields: FieldRules
    package let registration: RegistrationRules
    package let populationRegister: PopulationRegisterRules
    package let consents: [ConsentKind]
    package let retention: RetentionRules
    package let visitLog: VisitLogRules
    package let cookies: CookieRules
    package let minimumCount: Int
    package let advertising: AdvertisingRules
    package let disclosure: DisclosureRules
    package let recipients: [String]
    package let storageCountry: String
    package let mail: MailRules
    package let closing: ClosingRules
    package let unreturnedCountsAsClosedAfter: Period
    /// Nil when unused accounts are never closed.
    package let unusedAccount: UnusedAccountRules?
    package let deadlines: DeadlineRules
    package let answers: AnswerRules
    package let rights: [String]
    package let identityProof: [String]
    package let purposes: [ProcessingPurpose]

    /// The same rules as canonical JSON, in their published form.
    package let json: String

    /// - Parameter text: YAML, or the canonical JSON made from it.
    package init(
        _ text: String, from source: RulesSource = .draft, file: String = "rules.yaml"
    ) throws(DocumentProblem) {
        let root = try RulesReader.root(of: text, file: file)
        json = try CanonicalRules.json(root, file: file)
        var rules = try RulesReader(root, from: source, file: file)
        version = try rules.date("version")
        change = try rules.code("change")
        declined = try rules.section("declined") { (rules) throws(DocumentProblem) in try rules.codes("allowed") }
        fields = try rules.section("fields", FieldRules.init)
        registration = try rules.section("registration", RegistrationRules.init)
        populationRegister = try rules.section("populationRegister", PopulationRegisterRules.init)
        consents = try rules.codes("consents")
        retention = try rules.section("retention", RetentionRules.init)
        visitLog = try rules.section("visitLog", VisitLogRules.init)
        cookies = try rules.section("cookies", CookieRules.init)
        minimumCount = try rules.section("statistics") { (rules) throws(DocumentProblem) in
            try rules.integer("minimumCount")
        }
        advertising = try rules.section("advertising", AdvertisingRules.init)
        disclosure = try rules.section("disclosure", DisclosureRules.init)
        recipients = try rules.words("recipients")
        storageCountry = try rules.text("storageCountry")
        mail = try MailRules(&rules)
        closing = try rules.section("closing", ClosingRules.init)
        unreturnedCountsAsClosedAfter = try rules.section("deactivation") { (rules) throws(DocumentProblem) in
            try rules.period("unreturnedCountsAsClosedAfter")
        }
        unusedAccount = try rules.optionalSection("unusedAccount", UnusedAccountRules.init)
        deadlines = try rules.section("deadlines", DeadlineRules.init)
        answers = try rules.section("answers", AnswerRules.init)
        rights = try rules.words("rights")
        identityProof = try rules.words("identityProof")
        purposes = try rules.list("purposes", ProcessingPurpose.init)
        try rules.finish()
    }
}

extension PolicyRules: Hashable {
    package static func == (a: Self, b: Self) -> Bool { a.json == b.json }
    package func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

/// A major version is announced to every member and must be accepted at the next sign-in (P-01.3).
package enum DocumentChange: String, ClosedCode, CaseIterable { case minor, major }

/// The actions left to a member who declines a major change (P-01.3).
package enum ActionForDecliner: String, CaseIterable, Sendable { case readTexts, exportData, closeAccount }

/// A consent that is asked for separately (P-01.1).
package enum ConsentKind: String, CaseIterable, Sendable {
    case registerLookup, visibleName, visibleAgeAndSex, newsletter, advertising
}
