package import Events

/// The events of a correction request; each request has a separate stream.
package enum CorrectionEvent: Hashable, Sendable {
    case requested(Correction)
    case compared(Sealed<Comparison>)
    case decided(CorrectionDecision)
}

/// The names of correction events on the wire.
package enum CorrectionEventName: String, WireName {
    case requested = "corrections.requested"
    case compared = "corrections.compared"
    case decided = "corrections.decided"

    package static let prefix = "corrections."
}

extension CorrectionEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .requested(let correction):
            event(.requested, sealing: correction.sealedWish.part) {
                $0.write(.field, correction.field)
                $0.write(.member, correction.member)
            }
        case .compared(let comparison): event(.compared, sealing: comparison.part)
        case .decided(let decision):
            event(.decided, sealing: decision.reason.part) { $0.write(.approved, decision.isApproved) }
        }
    }

    package init(_ name: CorrectionEventName, _ event: RecordedEvent) throws {
        switch name {
        case .requested:
            let (field, member) = try event.clear(.field, .member)
            self = .requested(
                try Correction(member: member, field: field, wish: try event.sealed(), requestedAt: event.time))
        case .compared: self = .compared(try event.onlySealed())
        case .decided:
            let isApproved = try event.clear(.approved)
            self = .decided(CorrectionDecision(isApproved: isApproved, reason: try event.sealed(), at: event.time))
        }
    }
}

extension Correction {
    /// - Throws: `MalformedEvent` when the text is no value of the field.
    fileprivate init(
        member: MemberID, field: CorrectedField, wish: Sealed<SealedWish>, requestedAt: Instant
    ) throws(MalformedEvent) {
        let value: Personal<CorrectionWish>
        switch wish.value {
        case .known(let wish): value = .known(try CorrectionWish(wish, of: field))
        case .erased: value = .erased
        }
        self.init(
            member: member, field: field, wish: Sealed(value, under: wish.subject, of: wish.owner),
            requestedAt: requestedAt)
    }

    fileprivate var sealedWish: Sealed<SealedWish> {
        Sealed(wish.value.map(SealedWish.init), under: wish.subject, of: wish.owner)
    }
}

/// The sealed form of a wish: its text is interpreted by the field, which is recorded in the clear.
private struct SealedWish: Hashable {
    let value: String
    let grounds: String

    init(_ wish: CorrectionWish) {
        value = wish.value.text
        grounds = wish.grounds
    }
}

extension SealedWish: SealedRecord {
    init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        value = try fields(.correctedValue, \.value)
        grounds = try fields(.correctionGrounds, \.grounds)
    }
}

extension CorrectionWish {
    fileprivate init(_ wish: SealedWish, of field: CorrectedField) throws(MalformedEvent) {
        let value: CorrectedValue? =
            switch field {
            case .name: .name(PersonName(recorded: wish.value))
            case .sex: Sex(recorded: wish.value).map { .sex($0) }
            case .personalIdentityNumber:
                PersonalIdentityNumber(recorded: wish.value).map { .personalIdentityNumber($0) }
            }
        guard let value else { throw MalformedEvent(reason: "unreadable corrected-value") }
        self.init(recorded: value, grounds: wish.grounds)
    }
}

extension ClearField<CorrectedField> {
    fileprivate static var field: Self { "field" }
}

extension ClearField<MemberID> {
    fileprivate static var member: Self { "member" }
}

extension ClearField<Bool> {
    fileprivate static var approved: Self { "approved" }
}
