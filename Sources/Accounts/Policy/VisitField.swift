package import Events

/// Every field of the visit log (P-05.1). While a policy version is in force, those that its rules name are recorded, and no others.
///
/// The visit log stands apart from the event log and nothing in it is sealed, so these are no `PersonalField`s.
package enum VisitField: String, CaseIterable, Sendable {
    case time, visit, member, page, status, referrer, device, ipAddress, place, advertisement
}

extension VisitField: ProcessedField {
    package var purpose: Purpose { .visitLog }
    package var legalBasis: LegalBasis { .legitimateInterest }
    package var retention: Retention { .visitLog }
}
