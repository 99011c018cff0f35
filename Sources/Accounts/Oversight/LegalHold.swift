package import Events

/// Defers the erasure of a member's data while an investigation needs them (P-10.1).
package struct HoldOrder: Hashable, Sendable {
    /// Whether only administrators and auditors see it until it is lifted.
    package let isSecret: Bool
    package let reference: Sealed<HoldReference>
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
    package let liftedAt: Instant?
}

extension Accounts {
    /// Legal holds as the log checks them in every append that erases: they cover what belongs to a member, her statements in cases
    /// and the records of the holds. Credentials are never held: no investigation needs them.
    package static let holdCheck = HoldCheck(
        placed: OversightEventName.holdPlaced.type, lifted: OversightEventName.holdLifted.type,
        exempting: neverHeld
    ) { member(whoseHoldCovers: $0).map { Identifier<LegalHoldKind>(rawValue: $0.rawValue) } }

    package static let neverHeld: Set<SubjectKind> = [.credential]

    /// The member a hold on whom defers the erasure of an owner's data; nil for an owner that no hold covers.
    package static func member(whoseHoldCovers owner: Owner) -> MemberID? {
        let member =
            owner.id(MemberKind.self)?.rawValue ?? owner.id(PartyKind.self)?.rawValue
            ?? owner.id(LegalHoldKind.self)?.rawValue
        return member.map(MemberID.init(rawValue:))
    }

    /// The holds on a member's data, the oldest first. A secret one is left out until it is lifted (P-10.1).
    package func disclosedHolds(on member: MemberID) throws -> [DisclosedHold] {
        var disclosed: [DisclosedHold] = []
        var open: (hold: HoldOrder, placedAt: Instant)?
        func disclose(liftedAt: Instant?) {
            guard let placed = open, liftedAt != nil || !placed.hold.isSecret else { return }
            disclosed.append(
                DisclosedHold(
                    reference: placed.hold.reference.value, placedAt: placed.placedAt, liftedAt: liftedAt))
        }
        for event in try log.events(in: Accounts.holds(on: member)) {
            switch try OversightEvent.decode(event) {
            case .holdPlaced(let hold): open = (hold, event.time)
            case .holdLifted:
                disclose(liftedAt: event.time)
                open = nil
            case .viewed, .numberShown, .textNumberShown, .sessionsEnded, nil: break
            }
        }
        disclose(liftedAt: nil)
        return disclosed
    }

    package func hold(on member: MemberID) throws -> LegalHold {
        try log.events(in: Accounts.holds(on: member)).reduce(.inactive) { state, event in
            switch try OversightEvent.decode(event) {
            case .holdPlaced(let hold): .active(hold, since: event.time)
            case .holdLifted: .inactive
            case .viewed, .numberShown, .textNumberShown, .sessionsEnded, nil: state
            }
        }
    }

    package func placeHold(
        on member: MemberID, _ reference: HoldReference, isSecret: Bool, by actor: Actor, command: CommandID
    ) async throws {
        guard try self.member(member).account != nil else { throw AccountRefusal.noSuchMember }
        let sealed = Sealed(
            .known(reference), under: Subject(.statement, createdBy: command),
            of: Accounts.ownerOfHolds(on: member))
        try await changeHold(on: member, by: actor, command) { state in
            guard case .inactive = state else { return [] }
            return [.holdPlaced(HoldOrder(isSecret: isSecret, reference: sealed))]
        }
    }

    /// Lifts the hold and makes the erasures that it deferred, in one append.
    package func liftHold(on member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await changeHold(on: member, by: actor, command) { state in
            guard case .active = state else { return [] }
            return [.holdLifted]
        }
    }

    /// Makes the erasures that were deferred by holds which have ended. Lifting a hold makes them itself.
    /// - Returns: how many were still pending.
    package func makeDeferredErasures() async throws -> Int {
        var count = 0
        for (stream, deferred) in try log.deferredErasures() {
            guard let member = stream.id(LegalHoldKind.self).map({ MemberID(rawValue: $0.rawValue) }),
                case .inactive = try hold(on: member)
            else { continue }
            let time = clock.now()
            try await log.erase(deferred, command: CommandID(at: time), by: .system, at: time)
            count += deferred.count
        }
        return count
    }

    private func changeHold(
        on member: MemberID, by actor: Actor, _ command: CommandID, _ decide: (LegalHold) -> [OversightEvent]
    ) async throws {
        try requireAdministrator(member, actor)
        let stream = Accounts.holds(on: member)
        try await log.execute(command, by: actor, at: clock) { _ in
            // Read first: an erasure that is deferred after this changes the version.
            let version = try log.events(in: stream).last?.version ?? 0
            let events = decide(try hold(on: member))
            let deferred = events.contains(.holdLifted) ? try log.deferredErasures(in: stream) : []
            let change = StreamAppend(stream, expected: .exactly(version), events)
            return (Decision([change], erasures: deferred), ())
        }
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
