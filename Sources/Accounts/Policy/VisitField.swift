package import Events

/// Every field of the visit log (P-05.1). Only the fields named in the rules of the policy version in force are recorded.
///
/// The visit log is separate from the event log and not encrypted, so these are not `PersonalField`s.
package enum VisitField: String, CaseIterable, Sendable {
    case time, visit, member, page, status, referrer, device, ipAddress
}

extension VisitField: ProcessedField {
    package var purpose: Purpose { .visitLog }
    package var legalBasis: LegalBasis { .legitimateInterest }
    package var retention: Retention { .visitLog }
}
