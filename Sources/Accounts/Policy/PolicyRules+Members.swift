package import Events

/// P-06.1, P-12.1.
package struct RegistrationRules: Sendable {
    /// The lowest age that a version can allow. A log may hold younger members, who joined under an earlier program.
    package static let lowestAge = 18

    package let minimumAge: Int
    /// Stated by versions from when members could be younger than 18; has no effect.
    package let adultAge: Int?
    package let required: [String]
    package let passwordMinimumLength: Int

    /// The age at which one can join, also under a version of an earlier program that allows less.
    package var joiningAge: Int { max(minimumAge, RegistrationRules.lowestAge) }

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        minimumAge = try rules.integer("minimumAge")
        adultAge = try rules.optionalInteger("adultAge")
        required = try rules.words("required")
        passwordMinimumLength = try rules.integer("passwordMinimumLength")
    }
}

/// Who sees which field, and who may change it (P-11, P-12.4).
package struct FieldRules: Sendable {
    package let alwaysVisibleToMembers: [ProfileField]
    /// Each list has one switch.
    package let optional: [[ProfileField]]
    package let selfService: [ProfileField]
    package let byCase: [ProfileField]
    package let maskedUntilReauthenticated: [ProfileField]

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        alwaysVisibleToMembers = try rules.codes("alwaysVisibleToMembers")
        let switches = try rules.node("optional")
        var optional: [[ProfileField]] = []
        for element in try rules.elements(of: switches, "optional") {
            optional.append(try rules.codes(of: element, "optional"))
        }
        self.optional = optional.filter { !$0.isEmpty || rules.source == .draft }
        selfService = try rules.codes("selfService")
        byCase = try rules.codes("byCase")
        maskedUntilReauthenticated = try rules.codes("maskedUntilReauthenticated")
    }
}

/// A field of a member's profile, as the rules name it.
package enum ProfileField: String, CaseIterable, Sendable {
    case name, username, email, password, municipality, personalIdentityNumber, age, sex
}

/// P-07.1.
package struct PopulationRegisterRules: Sendable {
    package let fields: [ProfileField]
    package let consent: ConsentKind

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        fields = try rules.codes("fields")
        consent = try rules.code("consent")
    }
}

/// P-16.
package struct ClosingRules: Sendable {
    package let posts: [String]
    package let preselectForErasure: [String]
    package let erasedAtOnce: [String]
    package let keptToPreventReturn: [ProfileField]
    package let restorableBy: [String]
    package let restorableAfterBreachBy: [String]
    package let visibleTo: [String]
    /// How long before the erasure the member is reminded; nil in versions that promise nothing.
    package let purgeAnnouncedBefore: Period?

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        posts = try rules.words("posts")
        preselectForErasure = try rules.words("preselectForErasure")
        erasedAtOnce = try rules.words("erasedAtOnce")
        keptToPreventReturn = try rules.codes("keptToPreventReturn")
        restorableBy = try rules.words("restorableBy")
        restorableAfterBreachBy = try rules.words("restorableAfterBreachBy")
        visibleTo = try rules.words("visibleTo")
        purgeAnnouncedBefore = try rules.optionalPeriod("purgeAnnouncedBefore")
    }
}

/// P-16.4: both counted from the last sign-in.
package struct UnusedAccountRules: Sendable {
    package let closedAfter: Period
    package let warnBefore: [Period]

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        closedAfter = try rules.period("closedAfter")
        warnBefore = try rules.periods("warnBefore")
    }
}
