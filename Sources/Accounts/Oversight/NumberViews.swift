package import Events

/// One showing of a member's registered number to staff (P-12.3).
package struct NumberView: Hashable, Sendable {
    package let role: Role
    package let reason: NumberReason
    package let place: NumberPlace
    package let note: Sealed<ViewingNote>?
}

/// A text, or several at one place, in which somebody has written what looks like a personal identity number.
package enum TextPlace: Hashable, Sendable {
    case caseFile(CaseID)
    case message(MessageID)
}

/// One showing of the numbers in a text to staff, who otherwise see it with the numbers masked.
package struct TextNumberView: Hashable, Sendable {
    package let role: Role
    package let reason: NumberReason
    package let place: TextPlace
}

/// The showings of one member's numbers.
package enum NumberViews {
    package enum Shown: Hashable, Sendable {
        case registered(NumberView)
        case written(TextNumberView)

        package var role: Role {
            switch self {
            case .registered(let view): view.role
            case .written(let view): view.role
            }
        }

        package var note: Sealed<ViewingNote>? {
            switch self {
            case .registered(let view): view.note
            case .written: nil
            }
        }

        package var reason: NumberReason {
            switch self {
            case .registered(let view): view.reason
            case .written(let view): view.reason
            }
        }
    }

    package struct Entry: Hashable, Sendable {
        package let viewer: Actor
        package let shown: Shown
        package let at: Instant
    }
}

extension NumberView {
    init(_ event: RecordedEvent) throws {
        (place, reason, role) = try event.clear(.place, .numberReason, .viewingRole)
        note = try event.sealedIfAny()
    }

    func write(to clear: inout ClearWriter) {
        clear.write(.place, place)
        clear.write(.numberReason, reason)
        clear.write(.viewingRole, role)
    }
}

/// The fields of a showing of numbers in a text; one of the two ids is present.
struct ClearTextNumber {
    let file: CaseID?
    let message: MessageID?
    let reason: NumberReason
    let role: Role

    init(_ view: TextNumberView) {
        switch view.place {
        case .caseFile(let id): (file, message) = (id, nil)
        case .message(let id): (file, message) = (nil, id)
        }
        (reason, role) = (view.reason, view.role)
    }
}

extension ClearTextNumber: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        file = try fields("case", \.file)
        message = try fields("message", \.message)
        reason = try fields("reason", \.reason)
        role = try fields("role", \.role)
    }
}

extension TextNumberView {
    init(_ event: RecordedEvent) throws {
        let clear: ClearTextNumber = try event.clear()
        guard let place = clear.file.map(TextPlace.caseFile) ?? clear.message.map(TextPlace.message) else {
            throw UnreadableEvent(event)
        }
        self.init(role: clear.role, reason: clear.reason, place: place)
    }
}

extension ClearField<NumberPlace> {
    fileprivate static var place: Self { "place" }
}

extension ClearField<NumberReason> {
    fileprivate static var numberReason: Self { "reason" }
}

extension ClearField<Role> {
    fileprivate static var viewingRole: Self { "role" }
}
