package import Events

/// Defers the erasure of a member's data while an investigation needs them (P-10.1).
package struct HoldOrder: Hashable, Sendable {
    /// Whether only administrators and auditors see it until it is lifted.
    package let isSecret: Bool
    /// The day on which it ends; nil for holds that were placed before an end was required.
    package let lastDay: CalendarDate?
    package let reference: Sealed<HoldReference>

    package init(isSecret: Bool, lastDay: CalendarDate?, reference: Sealed<HoldReference>) {
        self.isSecret = isSecret
        self.lastDay = lastDay
        self.reference = reference
    }

    /// The first moment after its last day.
    package var end: Instant? { lastDay?.startInStockholm.adding(Period(days: 1)) }

    /// How far ahead its last day may be; it can be renewed as often as needed.
    package static let longest = Period(years: 1)
}

/// The authority that asks, and its reference number.
package struct HoldReference: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 500 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 500 else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

/// Whether a member's data are under legal hold.
package enum LegalHold: Hashable, Sendable {
    case inactive
    case active(HoldOrder, since: Instant)
}

/// Owner of the records of holds: they are not the member's own statements or choices, and the purge erases them by a separate fence.
enum LegalHoldKind: IdentifierKind { static let name = "held-member" }

/// A hold as disclosed to the member whose data it covers.
package struct DisclosedHold: Hashable, Sendable {
    package let reference: Personal<HoldReference>
    package let placedAt: Instant
    package let lastDay: CalendarDate?
    package let liftedAt: Instant?
}

extension Accounts {
    /// Legal holds as the log checks them in every append that erases: they cover what belongs to a member, her statements in cases
    /// and the records of the holds. Credentials are never held: no investigation needs them.
    package static let holdCheck = HoldCheck(
        placed: [OversightEventName.holdPlaced.type, OversightEventName.holdConfirmed.type],
        lifted: OversightEventName.holdLifted.type, exempting: neverHeld
    ) { member(whoseHoldCovers: $0).map { Identifier<LegalHoldKind>(rawValue: $0.rawValue) } }

    package static let neverHeld: Set<SubjectKind> = [.credential]

    /// The member a hold on whom defers the erasure of an owner's data; nil for an owner that no hold covers.
    package static func member(whoseHoldCovers owner: Owner) -> MemberID? {
        let member =
            owner.id(MemberKind.self)?.rawValue ?? owner.id(PartyKind.self)?.rawValue
            ?? owner.id(LegalHoldKind.self)?.rawValue
        return member.map(MemberID.init(rawValue:))
    }

    package func hold(on member: MemberID) throws -> LegalHold { try holdRecord(of: member).hold }

    package func holdRecord(of member: MemberID) throws -> HoldRecord {
        try HoldRecord(log.events(in: Accounts.holds(on: member)))
    }

    /// The records in the named streams of holds, in that order.
    package func holdRecords(in streams: [String]) throws -> [(member: MemberID, record: HoldRecord)] {
        try streams.compactMap { name in
            guard let id = StreamName(written: name).id(LegalHoldKind.self) else { return nil }
            let member = MemberID(rawValue: id.rawValue)
            return (member, try holdRecord(of: member))
        }
    }

    /// The holds on a member's data, the oldest first. A secret one is left out until it is lifted (P-10.1).
    package func disclosedHolds(on member: MemberID) throws -> [DisclosedHold] {
        var (disclosed, record) = ([DisclosedHold](), HoldRecord())
        func disclose(_ hold: LegalHold, liftedAt: Instant?) {
            guard case .active(let order, let since) = hold, liftedAt != nil || !order.isSecret else { return }
            disclosed.append(
                DisclosedHold(
                    reference: order.reference.value, placedAt: since, lastDay: order.lastDay, liftedAt: liftedAt))
        }
        for event in try log.events(in: Accounts.holds(on: member)) {
            guard let change = try OversightEvent.decode(event) else { continue }
            if case .holdLifted = change { disclose(record.hold, liftedAt: event.time) }
            record.evolve(change, by: event.actor, at: event.time)
        }
        disclose(record.hold, liftedAt: nil)
        return disclosed
    }

    static func ownerOfHolds(on member: MemberID) -> Owner {
        Owner(Identifier<LegalHoldKind>(rawValue: member.rawValue))
    }

    static func holds(on member: MemberID) -> StreamName {
        StreamName(Identifier<LegalHoldKind>(rawValue: member.rawValue))
    }
}

extension HoldReference: SealedText {
    package static let field = PersonalField.holdReference
    package var recorded: String { text }
}
