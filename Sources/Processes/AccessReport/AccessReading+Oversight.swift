import Accounts
import Events
import Projections

extension AccessReading {
    /// When staff opened the member's data, in which role and why; never who.
    func staffViews() throws -> [ReportRecord] {
        try application.accounts.dataViews(of: id).map { entry in
            [
                .time: .time(entry.at), .viewer: actor(entry.viewer),
                .role: .code(entry.view.role.rawValue, RoleWords.name(of: entry.view.role)),
                .reason: .code(entry.view.reason.rawValue, ViewingReasonWords.label(of: entry.view.reason)),
                .note: .optional(entry.view.note?.value.value?.text),
            ]
        }
    }

    /// Legal holds on the member, except those that the law forbids disclosing.
    func holds() throws -> [ReportRecord] {
        try application.accounts.disclosedHolds(on: id).map { hold in
            [
                .placedAt: .time(hold.placedAt), .lastDay: .optional(hold.lastDay?.description),
                .liftedAt: .optional(hold.liftedAt),
                .reference: .optional(hold.reference.value?.text),
            ]
        }
    }

    /// Requests for correction, with what the comparison showed and what was decided.
    func corrections() throws -> [ReportRecord] {
        try views.auditTrail.things(of: CorrectionKind.self, with: "corrections.requested.v", by: id)
            .compactMap { try correction($0) }
    }

    private func correction(_ id: CorrectionID) throws -> ReportRecord? {
        let (request, end) = try application.accounts.ownCorrection(id)
        guard let correction = request.correction, correction.member == self.id else { return nil }
        var comparison: Sealed<Comparison>?
        var decision: CorrectionDecision?
        switch request {
        case .none, .requested: break
        case .compared(_, let made): comparison = made
        case .decided(_, let made, let taken): (comparison, decision) = (made, taken)
        }
        let comparedAt = try application.log.events(in: StreamName(id)).last {
            if case .compared = try CorrectionEvent.decode($0) { true } else { false }
        }?.time
        let wish = correction.wish.value.value
        return [
            .field: .code(correction.field.rawValue, correction.field.words), .value: .optional(wish?.value.text),
            .grounds: .optional(wish?.grounds), .requestedAt: .time(correction.requestedAt),
            .comparison: comparison?.value.value.map { .code($0.rawValue, $0.words) } ?? .missing,
            .comparedAt: .optional(comparedAt), .isApproved: .optional(decision?.isApproved),
            .reason: .optional(decision?.reason.value.value?.text), .decidedAt: .optional(decision?.at),
            .erasedAt: try end.map(ReportValue.time) ?? erasedAt(wish == nil ? correction.wish.subject : nil),
            .eraseBy: wish == nil ? .missing : decision.map { deadline(from: $0.at, \.correctionCase) } ?? .missing,
        ]
    }
}
