package import Accounts
package import Events

/// The register of processing activities (GDPR Art. 30, P-08.1), made from the tags of fields and event types and the policy in force.
package struct ProcessingRegister: Sendable {
    package struct Activity: Sendable {
        /// As the policy words it.
        package let purpose: ProcessingPurpose
        package let fields: [any ProcessedField]
        /// The types of events that are kept as history for it.
        package let events: [EventTag]

        /// False while its feature does not exist or is off: nothing is processed for it then.
        package var isInUse: Bool { !fields.isEmpty || !events.isEmpty }
    }

    package let policy: PolicyDocument
    package let activities: [Activity]
    /// The purposes of processing that the policy does not name.
    package let unnamed: [Purpose]

    package init(under policy: PolicyDocument) {
        self.policy = policy
        let fields: [any ProcessedField] = PersonalField.allCases + policy.rules.visitLog.fields
        activities = policy.rules.purposes.map { purpose in
            Activity(
                purpose: purpose, fields: fields.filter { $0.purpose.policyID == purpose.id },
                events: EventTag.all.filter { $0.purpose.policyID == purpose.id })
        }
        let named = Set(policy.rules.purposes.map(\.id))
        unnamed = Purpose.allCases.filter { !named.contains($0.policyID) }
    }
}

extension Purpose {
    /// The name of the purpose in the rules of the policy.
    package var policyID: String {
        switch self {
        case .account: "account"
        case .security: "security"
        case .forum, .messages: "community"
        case .moderation: "moderation"
        case .rights: "rightsRequests"
        case .disclosure: "disclosure"
        case .oneAccountPerPerson: "uniqueIdentity"
        case .visitLog: "visitLog"
        case .accountability: "accountability"
        case .serviceMail: "serviceMail"
        case .newsletter: "newsletter"
        case .cases: "support"
        }
    }
}
