/// A field as the register of processing lists it, wherever it is kept (GDPR Art. 30, P-08.1).
package protocol ProcessedField: Sendable, RawRepresentable<String> {
    var purpose: Purpose { get }
    var legalBasis: LegalBasis { get }
    var retention: Retention { get }
}

extension PersonalField: ProcessedField {}
