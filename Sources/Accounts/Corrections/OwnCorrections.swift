package import Events

extension Accounts {
    /// A request as its maker may see it. After its time its texts count as erased, also while a legal hold defers that: a secret hold
    /// must not show (P-10.1).
    /// - Returns: the request, and when its time was over; nil before.
    package func ownCorrection(_ id: CorrectionID) throws -> (request: CorrectionRequest, end: Instant?) {
        let request = try correction(id)
        let now = clock.now()
        guard case .decided(let correction, let comparison, let decision) = request,
            let end = try policies().deadline(from: decision.at, judgedAt: now, \.correctionCase), now >= end
        else { return (request, nil) }
        let erased = Correction(
            member: correction.member, field: correction.field, wish: correction.wish.erased,
            requestedAt: correction.requestedAt)
        let outcome = CorrectionDecision(
            isApproved: decision.isApproved, reason: decision.reason.erased, at: decision.at)
        return (.decided(erased, comparison.erased, outcome), end)
    }
}

extension Sealed {
    fileprivate var erased: Sealed { Sealed(.erased, under: subject, of: owner) }
}
