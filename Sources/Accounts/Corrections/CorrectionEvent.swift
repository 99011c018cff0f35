package import Events

/// What happens to a request for correction, in a stream of its own.
package enum CorrectionEvent: Hashable, Sendable {
    case requested(Correction)
    case compared(Held<Comparison>)
    case decided(CorrectionDecision)
}

/// The events of corrections by their names on the wire.
package enum CorrectionEventName: String, WireName {
    case requested = "corrections.requested"
    case compared = "corrections.compared"
    case decided = "corrections.decided"

    package static let prefix = "corrections."
}

extension CorrectionEvent: NamedEvent {
    package typealias Name = CorrectionEventName

    package func encoded() -> NewEvent {
        switch self {
        case .requested(let correction):
            event(.requested, correction.wish.sealed { $1.write(to: &$0) }) { json in
                json.code("field", correction.field)
                json.id("member", correction.member)
            }
        case .compared(let comparison):
            event(.compared, comparison.sealed { $0.text(.comparison, $1.rawValue) })
        case .decided(let decision):
            event(.decided, decision.reason.sealed { $0.text(.decisionReason, $1.text) }) {
                $0.bool("approved", decision.isApproved)
            }
        }
    }

    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    package static func decode(_ event: RecordedEvent) throws -> CorrectionEvent? {
        guard let name = try CorrectionEventName(event) else { return nil }
        switch name {
        case .requested:
            let (field, member) = try event.clear { (json) throws(MalformedEvent) in
                let field: CorrectedField = try json.code("field")
                let member: MemberID = try json.id("member")
                return (field, member)
            }
            let wish = try event.held { (json) throws(MalformedEvent) in try CorrectionWish(&json, field) }
            return .requested(Correction(member: member, field: field, wish: wish, requestedAt: event.time))
        case .compared:
            try event.clear { (_) throws(MalformedEvent) in }
            return .compared(try event.held(.comparison, Comparison.init(rawValue:)))
        case .decided:
            let isApproved = try event.clear { (json) throws(MalformedEvent) in try json.bool("approved") }
            let reason = try event.held(.decisionReason, DecisionReason.init(recorded:))
            return .decided(CorrectionDecision(isApproved: isApproved, reason: reason, at: event.time))
        }
    }
}

extension CorrectionWish {
    fileprivate func write(to json: inout SealedWriter) {
        json.text(.correctedValue, value.text)
        json.text(.correctionGrounds, grounds)
    }

    fileprivate init(_ json: inout SealedReader, _ field: CorrectedField) throws(MalformedEvent) {
        let value: CorrectedValue =
            switch field {
            case .name: .name(PersonName(recorded: try json.text(.correctedValue)))
            case .sex: .sex(try json.value(.correctedValue, Sex.init(rawValue:)))
            case .personalIdentityNumber:
                .personalIdentityNumber(try json.value(.correctedValue, PersonalIdentityNumber.init(twelveDigits:)))
            }
        self.init(recorded: value, grounds: try json.text(.correctionGrounds))
    }
}
